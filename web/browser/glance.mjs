// Scenes of the story: the workspace at a glance, and what applies to it.
import { fail, look } from "./stage.mjs";

async function dress(page, scheme) {
  await page.getByRole("button", { name: "ada" }).click();
  await page.getByRole("menuitem", { name: scheme, exact: true }).click();
}

/** A picture in the dark, and one as wide as a telephone. */
async function otherwise(page, name) {
  await dress(page, "Dark");
  await look(page, `${name}-dark`);
  await dress(page, "Light");
  const wide = page.viewportSize();
  await page.setViewportSize({ width: 390, height: 800 });
  await look(page, `${name}-phone`);
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  if (wider > 0) {
    fail(`${name} is ${wider} pixels wider than a telephone`);
  }
  await page.setViewportSize(wide);
}

/** Every number leads to what it counts. */
export async function overview(base, page) {
  await page.goto(`${base}/`);
  await page.getByRole("heading", { name: "Overview" }).waitFor();
  await page.getByRole("table", { name: "Came in or changed last" }).getByRole("link").first().waitFor();
  // Written every few seconds, and asked for as often.
  await page.getByRole("link", { name: /^[1-9][\d,]* ?requests for documents and tarballs/ }).waitFor({ timeout: 60_000 });
  await page.getByRole("img", { name: /^Requests over time/ }).waitFor();
  await page.getByRole("link", { name: /^[1-9]\d* ?answer/ }).waitFor();
  await look(page, "34-overview");
  await otherwise(page, "34-overview");

  const tile = page.getByRole("link", { name: /newly withheld in team in the last day/ });
  const counted = Number.parseInt(await tile.innerText(), 10);
  await tile.click();
  const list = page.getByRole("table", { name: "Newly withheld in the last day" });
  await list.waitFor();
  const rows = await list.getByRole("row").count();
  if (rows !== counted + 1) {
    fail(`the overview counts ${counted} versions that are withheld, and the list has ${rows - 1}`);
  }
  await look(page, "60-newly-withheld");
  await page.getByRole("tab", { name: "Upstreams" }).click();
  await page.getByText("answers", { exact: true }).waitFor();
  await look(page, "61-upstreams-that-answer");

  await page.goto(`${base}/`);
  await page.getByRole("link", { name: /requests for documents and tarballs/ }).click();
  await page.getByRole("heading", { name: "Traffic" }).waitFor();
  await page.getByRole("table", { name: "By registry" }).getByRole("link", { name: "team", exact: true }).waitFor();
  await page.getByText("As a table").click();
  await page.getByRole("table", { name: "Requests over time" }).waitFor();
  await look(page, "62-traffic");
  await otherwise(page, "62-traffic");
}

/** What applies to the workspace and to the server, where an owner requires a second factor. */
export async function settings(page) {
  await page.getByRole("button", { name: "ada" }).click();
  await page.getByRole("menuitem", { name: "Settings", exact: true }).click();
  await page.getByRole("heading", { name: "Settings" }).waitFor();
  await page.getByRole("table", { name: "Signing keys" }).getByText("in use").waitFor();
  await page.getByText("This server sends no mail").waitFor();
  await page.getByRole("heading", { name: "Advisory feeds" }).waitFor();
  await page.getByRole("table", { name: "How long it is kept" }).getByRole("cell", { name: /^[1-9][\d,]* days/ }).first().waitFor();
  await page.getByRole("switch", { name: "Everybody needs a second factor" }).waitFor();
  await look(page, "63-settings");
  await otherwise(page, "63-settings");
  await page.getByRole("link", { name: "Overview", exact: true }).click();
  await page.getByRole("heading", { name: "Overview" }).waitFor();
}
