import { fail, look, machine } from "./stage.mjs";

/** A token that only reads is made and revoked; one for a single package changes that alone, says npm. */
export async function tokens(base, page) {
  await page.getByRole("link", { name: "Tokens", exact: true }).click();
  await page.getByRole("button", { name: "Create a token" }).click();
  await page.getByRole("textbox", { name: "Name" }).fill("build server");
  await page.getByRole("checkbox", { name: "Read-only" }).check();
  await look(page, "23-create-a-token");
  await page.getByRole("button", { name: "Create", exact: true }).click();
  await page.getByText("Copy it now").waitFor();
  await page.getByRole("button", { name: "Done" }).click();
  await page.getByRole("cell", { name: /^build server gh_/ }).waitFor();
  await look(page, "24-tokens");
  await page.getByRole("button", { name: "Revoke build server" }).click();
  await page.getByRole("cell", { name: /^build server gh_/ }).waitFor({ state: "detached" });

  await page.getByRole("button", { name: "Create a token" }).click();
  await page.getByRole("textbox", { name: "Name" }).fill("hello's own");
  await page.getByRole("dialog").getByLabel("Packages", { exact: true }).fill("@acme/hello");
  await page.keyboard.press("Enter");
  await page.getByRole("dialog").getByLabel("Addresses", { exact: true }).fill("127.0.0.0/8");
  await page.keyboard.press("Enter");
  await look(page, "24-narrow-token");
  await page.getByRole("button", { name: "Create", exact: true }).click();
  const text = await page.getByRole("group", { name: "The new token" }).innerText();
  await page.getByRole("button", { name: "Done" }).click();
  await page.getByRole("cell", { name: /^hello's own gh_.*@acme\/hello.*127\.0\.0\.0\/8/s }).waitFor();
  await look(page, "24-narrow-token-listed");

  const server = machine();
  const registry = `${base}/r/team/`;
  const folder = server.folder("other", {
    "package.json": JSON.stringify({ name: "@acme/other", version: "1.0.0", license: "MIT" }),
    ".npmrc": `registry=${registry}\n${registry.replace(/^https?:/, "")}:_authToken=${text.trim()}\n`,
  });
  server.run(folder, "npm dist-tag add @acme/hello@1.0.0 narrow");
  const tags = server.run(folder, "npm dist-tag ls @acme/hello");
  if (!/narrow: 1\.0\.0/.test(tags)) {
    fail(`the token did not change its own package: ${tags}`);
  }
  server.run(folder, "npm dist-tag rm @acme/hello narrow");
  const refusal = server.refused(folder, "npm publish");
  if (!/This token changes some packages only, and @acme\/other is none of them/.test(refusal)) {
    fail(`npm publishes what the token is not for, or says something else:\n${refusal}`);
  }
}
