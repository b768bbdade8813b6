// Text entry: compositions beside a plain field, and where the caret is.
import { caretDistance, caretTexts, inkDistance, playCompositions } from "../../web/compositions.mjs";
import { go, withSample } from "../../web/harness.mjs";
import { line, worst } from "./figures.mjs";

export const entry = ({ compositions }) =>
  withSample(async ({ page, address, profile }) => {
    await go(page, address, "gallery");
    const { composed, deeds, failures } = await playCompositions(page, { compositions });
    line(`scripted compositions not as in a plain field, of ${composed.toLocaleString("en")}`, failures.length, `goal 0 of 10,000 (scripts/test --deep); ${deeds} deeds in all`);
    for (const failure of failures) console.log(`    ${failure}`);
    await page.reload();
    await go(page, address, "gallery");
    const distances = [];
    for (const text of caretTexts) distances.push(await caretDistance(page, text));
    line("DOM caret behind each character against the drawn text", `${worst(distances).toFixed(2)} px`, "goal 4 px");
    const eyes = await profile.context.newPage();
    await page.bringToFront();
    const seen = [];
    for (const text of caretTexts) seen.push(await inkDistance(page, eyes, text));
    line("the same in pictures: end and middle of the ink", `${worst(seen).toFixed(1)} px`, "goal 4 px");
  });
