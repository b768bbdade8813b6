// The page's figures, in headless Chromium: node bench.mjs [PART…] [name=NUMBER…]. It prints and never fails: what is a
// demand is a test. Parts: colours, entry, starts, frames, idle, meaning, installing, search, storage, large; all by default.
// Numbers: runs=5, megabytes=94, tickets=20000, large=100000, compositions=1000.
import { entry } from "./entry.mjs";
import { calibration, line, ms } from "./figures.mjs";
import { frames, idle, search } from "./frames.mjs";
import { large } from "./large.mjs";
import { colours, installing, meaning } from "./meaning.mjs";
import { starts } from "./starts.mjs";
import { storage } from "./stores.mjs";

const parts = { colours, entry, starts, frames, idle, meaning, installing, search, storage, large };
const numbers = { runs: 5, megabytes: 94, tickets: 20_000, large: 100_000, compositions: 1000 };
const chosen = [];
for (const word of process.argv.slice(2)) {
  const [name, value] = word.split("=");
  if (name in numbers && Number(value) > 0) numbers[name] = Number(value);
  else if (word in parts) chosen.push(word);
  else {
    console.error(`bench.mjs: ${word} is neither a part (${Object.keys(parts).join(", ")}) nor a number (${Object.keys(numbers).map((each) => `${each}=…`).join(", ")})`);
    process.exit(2);
  }
}
for (const [name, part] of Object.entries(parts)) {
  if (chosen.length > 0 && !chosen.includes(name)) continue;
  // How busy the machine is just now says what the times are worth.
  console.log(`-- ${name} (a fixed calculation takes ${ms(calibration().time)} here)`);
  try {
    await part(numbers);
  } catch (error) {
    line(name, "not measured", String(error.stack ?? error).split("\n").slice(0, 3).join(" "));
  }
}
process.exit(0);
