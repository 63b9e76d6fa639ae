// Scenes of the story: somebody whose client does not do what they want.
import { fail, look } from "./stage.mjs";

/** Settings that are wrong in three ways, with a secret; then what npm said of a version. */
export async function trouble(page, base) {
  await page.getByRole("button", { name: "ada" }).click();
  await page.getByRole("menuitem", { name: "Troubleshooting" }).click();
  const pasted = page.getByRole("textbox", { name: "Settings, or what the client said" });
  const host = base.replace(/^https?:/, "");
  await pasted.fill(`registry=${base}/registries/team\n${host}/:_authToken=gh_0123456789abcdef0123456789abcdef0123\nalways-auth=true\n`);
  await page.getByText("This holds a secret").waitFor();
  await page.getByRole("button", { name: "Check", exact: true }).click();
  const found = page.getByRole("status", { name: "What was found" });
  await found.getByText("The path leads to no registry").waitFor();
  await found.getByText(`Write ${base}/r/team/`).waitFor();
  await found.getByText("The token is damaged").waitFor();
  if ((await pasted.inputValue()).includes("abcdef")) {
    fail("the page still shows the secret that was pasted");
  }
  await look(page, "59-troubleshooting-settings");
  await pasted.fill(
    `npm error code E403\nnpm error 403 Could not download express@4.0.0 due to policy violations:\nnpm error 403 4.0.0: ${base}/r/team/-/why/express@4.0.0\n`,
  );
  await page.getByRole("combobox", { name: "Registry" }).click();
  await page.getByRole("option", { name: "team", exact: true }).click();
  await page.keyboard.press("Tab");
  await page.getByRole("button", { name: "Check", exact: true }).press("Enter");
  await found.getByText("A policy of the registry, or a person, withholds that version.").waitFor();
  await found.getByText(/express@4\.0\.0|of express in the registry/).first().waitFor();
  await look(page, "60-troubleshooting-message");
  await page.setViewportSize({ width: 390, height: 800 });
  await look(page, "61-phone-troubleshooting");
  await page.setViewportSize({ width: 1200, height: 800 });
}
