// A workspace at a host of its own: cleo signs in without naming it, and finds its addresses. Takes that host's address, the
// server's own and cleo's password; keeps pictures in target/screenshots.
import { browser, fail, look, person } from "./stage.mjs";

const [own, base, password] = process.argv.slice(2).map((one) => one.replace(/\/$/, ""));
const launched = await browser();

try {
  const cleo = await person(launched, own);
  const { page } = cleo;
  await page.goto(`${own}/sign-in`);
  await page.getByText("This is the address of the workspace mobile").waitFor();
  if (await page.getByText("another workspace").count()) {
    fail("there is no other workspace at this address");
  }
  await look(page, "72-sign-in-at-an-own-host");
  await page.getByRole("textbox", { name: "User name" }).fill("cleo");
  await page.getByRole("textbox", { name: "Password" }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("link", { name: "Registries" }).first().click();
  await page.getByRole("link", { name: "apps" }).first().click();
  await page.getByRole("tab", { name: "More info" }).or(page.getByRole("link", { name: "More info" })).first().click();
  await page.getByText(`npm login --registry ${own}/r/apps/`).first().waitFor();
  await look(page, "73-more-info-at-an-own-host");

  const stranger = await person(launched, base, { storageState: await cleo.context.storageState() });
  await stranger.page.goto(`${base}/registries/apps`);
  await stranger.page.getByRole("button", { name: "Sign in" }).waitFor();
  await stranger.page.getByText("another workspace than the default one?").waitFor();

  const complaints = [...cleo.complaints, ...stranger.complaints];
  if (complaints.length > 0) {
    fail(`the browser complained:\n${complaints.join("\n")}`);
  }
} finally {
  await launched.close();
}
