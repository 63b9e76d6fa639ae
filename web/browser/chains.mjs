// Scenes of the story: what draws from what, and one more of the same.
import { fail, look } from "./stage.mjs";

/** A registry that draws from another one is drawn beside it, is reached by the keyboard, and stands in the list. */
export async function chains(page, base) {
  await page.goto(`${base}/registries`);
  const drawing = page.getByRole("region", { name: "Drawing of what draws from what" });
  const team = drawing.getByRole("link", { name: "team draws from the public registry." });
  await team.waitFor();
  await drawing.getByRole("img", { name: "The public registry" }).waitFor();
  await drawing.focus();
  await page.keyboard.press("Tab");
  if (!(await page.evaluate(() => document.activeElement?.closest(".chains a") !== null))) {
    fail("the registries of the drawing are not reached by the keyboard");
  }
  await page.getByText("The same as a list").press("Enter");
  await page.getByRole("listitem").filter({ hasText: "team draws from the public registry." }).waitFor();
  await look(page, "63-chains");
  await team.press("Enter");
  await page.getByRole("heading", { name: "team" }).first().waitFor();
}

/** A clone is set up as its source is, and holds none of its packages. */
export async function cloned(page, base, source) {
  await page.goto(`${base}/registries/${source}/access`);
  await page.getByRole("textbox", { name: "Name of a clone" }).fill(`${source}-next`);
  await look(page, "22-clone");
  await page.getByRole("button", { name: "Clone", exact: true }).click();
  await page.getByRole("heading", { name: `${source}-next`, exact: true }).waitFor();
  await page.getByRole("tab", { name: "Upstreams" }).click();
  await page.getByText("public", { exact: true }).waitFor();
  await look(page, "22-cloned");
}
