// How the page's figures are taken and printed: medians, one line each, the goal behind it.
export const median = (values) => [...values].sort((left, right) => left - right)[Math.floor(values.length / 2)];
export const worst = (values) => Math.max(...values);
export const ms = (value) => `${value < 10 ? value.toFixed(2) : Math.round(value)} ms`;
export const kilobytes = (bytes) => `${Math.round(bytes / 1024).toLocaleString("en")} KB`;
export const line = (name, value, goal = "") => console.log(`${name.padEnd(62)} ${String(value).padStart(12)}  ${goal}`);

// When the page said so, in ms since it was asked for.
export const mark = (page, name) => page.waitForFunction((wanted) => performance.getEntriesByName(wanted)[0]?.startTime, name).then((handle) => handle.jsonValue());

// How fast this machine is just now: a fixed calculation.
export function calibration() {
  const started = performance.now();
  let state = 1;
  for (let round = 0; round < 30_000_000; ++round) state = (Math.imul(state, 1664525) + 1013904223) | 0;
  return { time: performance.now() - started, state };
}
