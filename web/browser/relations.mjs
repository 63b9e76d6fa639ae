// Scenes of the package page: what a package needs, who needs it, and how often it was fetched.
import { fail, look } from "./stage.mjs";

const tab = (page, name) => page.getByRole("tab", { name, exact: true }).click();

/** What a version needs leads to that package's page; what is not here yet is offered to be looked up. */
export async function dependencies(base, page, phone) {
  await page.goto(`${base}/registries/team/package/@acme/parts`);
  await tab(page, "Dependencies");
  const needed = page.getByRole("table", { name: "Dependencies", exact: true });
  const pad = needed.getByRole("row", { name: /^left-pad/ });
  await pad.getByText("Not here yet").waitFor();
  await pad.getByRole("link", { name: "Look it up: left-pad" }).waitFor();
  await needed.getByRole("row", { name: /^@acme\/hello \^1\.0\.0 1\.0\.0/ }).waitFor();
  await look(page, "80-dependencies");
  await phone.goto(`${base}/registries/team/package/@acme/parts?tab=dependencies`);
  await phone.getByRole("table", { name: "Dependencies", exact: true }).waitFor();
  await look(phone, "81-phone-dependencies");
  await needed.getByRole("link", { name: "@acme/hello", exact: true }).click();
  await page.getByRole("heading", { name: "@acme/hello", exact: true }).first().waitFor();
}

/** What a client has just fetched is counted on the day of it, and with the version. */
export async function downloads(base, page, phone) {
  await page.goto(`${base}/registries/team/package/express?tab=downloads&days=90`);
  await page.getByRole("img", { name: /^Downloads a day: [1-9]\d* in all/ }).waitFor();
  await page.getByRole("table", { name: "Downloads by version" }).getByRole("row", { name: /^\d+\.\d+\.\d+ [1-9]/ }).first().waitFor();
  await page.getByText("As a table, without the days of none").click();
  await page.getByRole("table", { name: "Downloads a day" }).getByRole("row", { name: / [1-9]\d*$/ }).first().waitFor();
  await look(page, "84-downloads");
  await phone.goto(`${base}/registries/team/package/express?tab=downloads`);
  await phone.getByRole("table", { name: "Downloads by version" }).waitFor();
  const { x, width } = await phone.getByRole("tab", { name: "Downloads", selected: true }).boundingBox();
  if (x < 0 || x + width > phone.viewportSize().width) {
    fail("the tab that is open is out of the telephone's sight");
  }
  await look(phone, "85-phone-downloads");
}

/** Who needs a package leads back: both versions do, the newest is shown. */
export async function dependents(base, page, phone) {
  await tab(page, "Dependents");
  const row = page.getByRole("table", { name: "Dependents" }).getByRole("row", { name: /^@acme\/parts 1\.1\.0/ });
  await row.getByRole("cell", { name: "^1.0.0" }).waitFor();
  await look(page, "82-dependents");
  await phone.goto(`${base}/registries/team/package/@acme/hello?tab=dependents`);
  await phone.getByRole("table", { name: "Dependents" }).waitFor();
  await look(phone, "83-phone-dependents");
  await row.getByRole("link", { name: "@acme/parts" }).click();
  await page.getByRole("heading", { name: "@acme/parts", exact: true }).first().waitFor();
}
