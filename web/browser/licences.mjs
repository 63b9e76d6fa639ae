// Scenes of the story: which licences are in use, and what is done about them.
import { look } from "./stage.mjs";

/** From the list to the packages of a licence; a policy is written, used, edited and not deleted while it is. */
export async function licences(base, page) {
  await page.getByRole("link", { name: "Licences", exact: true }).click();
  const table = page.getByRole("table", { name: "Licences in use" });
  await table.getByRole("link", { name: "MIT", exact: true }).waitFor();
  await page.getByText("There is none yet").waitFor();
  await look(page, "53-licences");
  await table.getByRole("link", { name: "MIT", exact: true }).click();
  await page.getByRole("link", { name: "@acme/hello", exact: true }).waitFor();
  await look(page, "54-packages-of-a-licence");
  await page.getByRole("link", { name: "All licences" }).click();
  await table.waitFor();

  await page.getByRole("button", { name: "Write a policy" }).click();
  await page.getByRole("textbox", { name: "Name" }).fill("strict");
  await page.getByRole("button", { name: "One more rule" }).click();
  await page.getByRole("textbox", { name: "Licence of rule 2" }).fill("BUSL-*");
  await page.getByRole("combobox", { name: "Action of rule 2" }).click();
  await page.getByRole("option", { name: "block" }).click();
  await look(page, "55-write-a-licence-policy");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText("Nobody uses it").waitFor();

  await page.goto(`${base}/registries/team/policies`);
  const choice = page.getByRole("combobox", { name: "Licence policy" });
  for (const name of ["strict", "Rules of its own", "strict"]) {
    await choice.click();
    await page.getByRole("option", { name, exact: true }).click();
    await page.waitForFunction(
      (wanted) => [...document.querySelectorAll("input")].some((one) => one.value === wanted && !one.disabled),
      name,
    );
  }
  await look(page, "62-licences-of-a-registry");

  await page.getByRole("link", { name: "Licences", exact: true }).click();
  await page.getByRole("region", { name: "Licence policies" }).getByRole("link", { name: "team" }).waitFor();
  await page.getByRole("button", { name: "Delete strict" }).click();
  await page.getByText("set another one there first").waitFor();
  await look(page, "56-licence-policies");
  await page.getByRole("button", { name: "Edit strict" }).click();
  await page.getByRole("button", { name: "Remove rule 1" }).click();
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByRole("dialog").waitFor({ state: "detached" });
}
