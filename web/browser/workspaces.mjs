// Several workspaces on one server, and in one browser.
import { fail, isOut, look, machine, person } from "./stage.mjs";

/** Signs in on the page that is there. */
async function signIn(page, name, password) {
  await page.getByLabel("User name").fill(name);
  await page.getByLabel("Password", { exact: false }).first().fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.getByRole("heading", { name: "Overview" }).waitFor();
}

/** Waits for the registry's list of packages: whether that package is in it. */
async function lists(page, name) {
  await page.getByRole("table").or(page.getByText("There is no package here yet")).first().waitFor();
  return (await page.getByRole("link", { name, exact: true }).count()) > 0;
}

/** Makes the workspace mobile, as an owner of the default one: the link that makes its owner. */
async function made(page) {
  await page.getByRole("button", { name: "ada", exact: true }).click();
  await page.getByRole("menuitem", { name: "Workspaces", exact: true }).click();
  await page.getByRole("cell", { name: "default", exact: true }).waitFor();
  await page.getByRole("button", { name: "Make a workspace" }).click();
  await page.getByRole("textbox", { name: "Name" }).fill("mobile");
  await look(page, "70-make-a-workspace");
  await page.getByRole("button", { name: "Make the workspace" }).click();
  const link = await page.getByRole("group", { name: "The link to own mobile" }).innerText();
  await look(page, "71-link-of-a-workspace");
  await page.getByRole("button", { name: "Done" }).click();
  await page.getByText("nobody owns it yet").waitFor();
  await look(page, "72-workspaces");
  return link.match(/http\S+\/setup\/\w+/)[0];
}

/** Whoever has the link owns the workspace; npm publishes there by what its page shows. */
async function owned(base, page, link, password) {
  await page.goto(link);
  await page.locator("#name").fill("mia");
  await page.locator("#password").fill(password);
  await page.locator("#again").fill(password);
  await look(page, "73-phone-own-a-workspace");
  await page.getByRole("button", { name: "Make me the owner" }).click();
  await page.getByRole("heading", { name: "Welcome, mia" }).waitFor();
  await page.getByRole("link", { name: "Sign in" }).click();
  await signIn(page, "mia", password);
  await page.getByRole("button", { name: "mia in mobile" }).waitFor();
  await look(page, "74-phone-another-workspace");
  await page.goto(`${base}/w/mobile/registries/default/connect`);
  await page.getByRole("button", { name: "Make a token" }).click();
  await page.getByRole("group", { name: "Your token" }).waitFor();
  const shown = (title) => page.getByRole("group", { name: title, exact: true }).innerText();
  const computer = machine();
  const source = computer.folder("pocket", {
    "package.json": JSON.stringify({ name: "@acme/pocket", version: "1.0.0", license: "MIT" }),
  });
  computer.run(source, await shown("Or use a token"));
  computer.run(source, await shown("Take everything from here"));
  computer.run(source, await shown("Publish"));
  const version = computer.run(source, `npm view @acme/pocket version --registry ${base}/w/mobile/r/default/`).trim();
  if (version !== "1.0.0") {
    fail(`npm finds something else: ${version}`);
  }
  // A token of the one is nothing in the other.
  const refusal = computer.refused(source, `cp .npmrc own && sed 's,/w/mobile/r/,/r/,' own > .npmrc && npm view @acme/pocket --registry ${base}/r/default/`);
  if (!/E40[134]/.test(refusal)) {
    fail(`npm reads another workspace: ${refusal}`);
  }
}

/** One browser in two workspaces: each tab shows its own, whatever the other does. */
async function both(base, mia, password) {
  const { page } = mia;
  await page.getByRole("button", { name: "mia in mobile" }).click();
  await page.getByRole("menuitem", { name: "Sign in to another" }).click();
  await page.waitForURL(`${base}/sign-in?further`);
  await signIn(page, "ada", password);
  await page.getByRole("button", { name: "ada in default" }).click();
  await page.getByRole("menuitem", { name: "mobile as mia" }).waitFor();
  await look(page, "75-phone-switch-workspaces");
  await page.keyboard.press("Escape");
  await page.goto(`${base}/registries/default`);
  if (await lists(page, "@acme/pocket")) {
    fail("a workspace lists what is in another");
  }
  const other = await mia.context.newPage();
  await other.goto(`${base}/w/mobile/registries/default`);
  await other.getByRole("link", { name: "@acme/pocket", exact: true }).waitFor();
  await page.reload();
  if (await lists(page, "@acme/pocket")) {
    fail("a tab shows the workspace of the other");
  }
  await page.getByRole("button", { name: "ada in default" }).click();
  await page.getByRole("menuitem", { name: "mobile as mia" }).click();
  await page.waitForURL(`${base}/w/mobile/`);
  await page.getByRole("button", { name: "mia in mobile" }).waitFor();
  await page.goto(`${base}/w/mobile/settings`);
  await page.getByRole("button", { name: "Rename the workspace" }).click();
  await page.getByRole("textbox", { name: "Name" }).fill("handhelds");
  await look(page, "76-phone-rename-a-workspace");
  await page.getByRole("button", { name: "Rename", exact: true }).click();
  await page.waitForURL(`${base}/w/handhelds/settings`);
  await page.getByRole("button", { name: "mia in handhelds" }).click();
  await page.getByRole("menuitem", { name: "Sign out", exact: true }).click();
  // The tab with the old name is out with it; the other workspace is not.
  await isOut(other);
  await page.goto(base);
  await page.getByRole("button", { name: "ada", exact: true }).waitFor();
  await other.close();
}

/** Somebody makes a workspace, somebody else owns it, and is in two at once. */
export async function workspaces(launched, base, page, password) {
  const link = await made(page);
  const mia = await person(launched, base, { viewport: { width: 390, height: 800 } });
  await owned(base, mia.page, link, password);
  await both(base, mia, password);
  await page.reload();
  await page.getByText("answers as mobile too").waitFor();
  return mia.complaints;
}
