// Scenes of the list of packages: what is shown of it, in which order, by an address that can be shared.
import { fail, look } from "./stage.mjs";

/** Chooses in a list above the packages, by its label. */
async function choose(page, label, option) {
  await page.getByRole("combobox", { name: label, exact: true }).click();
  await page.getByRole("option", { name: option, exact: true }).click();
}

/** What is published here, by what changed last; then what waits for a person, of which there is nothing. */
export async function packageList(page) {
  const table = page.getByRole("table", { name: "Packages" });
  await choose(page, "From", "Hosted");
  await choose(page, "Sort by", "Recently changed");
  await choose(page, "Licence", "MIT");
  await page.waitForURL(/origin=hosted&sort=changed&licence=MIT/);
  await table.getByRole("link", { name: "@acme/hello", exact: true }).waitFor();
  await look(page, "11-packages-filtered");
  await page.reload();
  await table.getByRole("link", { name: "@acme/hello", exact: true }).waitFor();
  if ((await page.getByRole("combobox", { name: "Licence", exact: true }).inputValue()) !== "MIT") {
    fail("the address of a filtered list does not lead to it");
  }
  await choose(page, "State", "Quarantined");
  await page.getByText("Nothing here matches").waitFor();
  await look(page, "11-packages-none");
  await choose(page, "State", "Any");
  await table.getByRole("link", { name: "@acme/hello", exact: true }).waitFor();
}
