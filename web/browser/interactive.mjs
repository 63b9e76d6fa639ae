// How soon the pages can be used: node interactive.mjs ADDRESS USER PASSWORD [ROUNDS]. Each round is a new browser
// without a cache. A page can be used when what it is for is shown and the main thread has had its last long
// task (50 ms and more) before half a second without one; times are from the start of the navigation.
import { browser } from "./stage.mjs";

const [address, user, password, rounds = "11"] = process.argv.slice(2);
const base = address.replace(/\/$/, "");
const QUIET_MS = 500;

/** Runs in the page, before anything else does. */
function watch() {
  globalThis.__long = 0;
  new PerformanceObserver((list) => {
    for (const one of list.getEntries()) {
      globalThis.__long = Math.max(globalThis.__long, one.startTime + one.duration);
    }
  }).observe({ type: "longtask", buffered: true });
}

/** Runs in the page: waits until `selector` is there, then for quiet. */
async function usable([selector, quiet]) {
  const frame = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  while (document.querySelector(selector) === null) {
    if (performance.now() > 20_000) {
      throw new Error(`${selector} is not shown`);
    }
    await frame();
  }
  await frame();
  const shown = performance.now();
  for (let last = -1; last !== globalThis.__long; ) {
    last = globalThis.__long;
    await new Promise((resolve) => setTimeout(resolve, quiet));
  }
  return { shown, usable: Math.max(shown, globalThis.__long) };
}

async function open(page, path, selector) {
  await page.goto(base + path, { waitUntil: "commit" });
  return page.evaluate(usable, [selector, QUIET_MS]);
}

const PAGES = [
  ["overview", "/", "main h2"],
  ["packages", "/registries/default/packages", "main table, main .center .row-name"],
  ["tokens", "/tokens", "main table, main .center .row-name"],
];

const times = new Map();
function note(name, one) {
  times.set(name, [...(times.get(name) ?? []), one]);
}

const launched = await browser();
for (let round = 0; round < Number(rounds); round++) {
  const context = await launched.newContext();
  context.setDefaultTimeout(20_000);
  await context.addInitScript(watch);
  const page = await context.newPage();
  note("sign in, nothing cached", await open(page, "/sign-in", "input[name=name], #name, input[type=password]"));
  await page.getByLabel("User name").fill(user);
  await page.getByLabel("Password", { exact: false }).first().fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.getByRole("heading", { name: "Overview" }).waitFor();
  for (const [name, path, selector] of PAGES) {
    note(name, await open(page, path, selector));
  }
  await context.close();
}
await launched.close();

const median = (list) => list.sort((a, b) => a - b)[Math.floor(list.length / 2)];
for (const [name, list] of times) {
  const words = ["shown", "usable"].map((key) => {
    const all = list.map((one) => one[key]);
    return `${key} ${median(all).toFixed(0)} ms (${Math.min(...all).toFixed(0)} to ${Math.max(...all).toFixed(0)})`;
  });
  console.log(`${name}: ${words.join(", ")}`);
}
