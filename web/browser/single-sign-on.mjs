// People sign in by a real provider: an owner sets it up, una comes in by it, logs npm in, and signs out. Takes the server's
// address, the set-up link and the provider's issuer; keeps pictures in target/screenshots.
import { browser, fail, look, machine, person } from "./stage.mjs";

const [address, setup, issuer] = process.argv.slice(2);
const base = address.replace(/\/$/, "");
const password = "correct horse battery";
const launched = await browser();

/** What the provider's own page asks: who, and whether that is all right. */
async function atProvider(page, name) {
  await page.waitForURL((url) => url.href.startsWith(issuer));
  await page.locator("input[name=login]").fill(name);
  await page.locator("input[name=password]").fill("anything");
  await page.locator("button[type=submit]").click();
  await page.locator("button[type=submit]", { hasText: "Continue" }).click();
}

async function button(page) {
  await page.getByRole("button", { name: "Sign in with Acme" }).click();
}

try {
  const ada = await person(launched, base);
  await ada.page.goto(setup);
  await ada.page.locator("#name").fill("ada");
  await ada.page.locator("#password").fill(password);
  await ada.page.locator("#again").fill(password);
  await ada.page.getByRole("button", { name: "Make me the owner" }).click();
  await ada.page.getByRole("link", { name: "Sign in" }).click();
  await ada.page.getByLabel("User name").fill("ada");
  await ada.page.getByLabel("Password", { exact: false }).first().fill(password);
  await ada.page.getByRole("button", { name: "Sign in", exact: true }).click();
  await ada.page.getByRole("heading", { name: "Overview" }).waitFor();

  await ada.page.getByRole("button", { name: "ada" }).click();
  await ada.page.getByRole("menuitem", { name: "Single sign-on" }).click();
  await ada.page.getByRole("textbox", { name: "Name", exact: true }).fill("Acme");
  await ada.page.getByRole("textbox", { name: "Issuer" }).fill(`${issuer}/`);
  await ada.page.getByRole("textbox", { name: "Client ID" }).fill("gatehouse");
  await ada.page.getByLabel("Client secret").first().fill("a secret of the client");
  await ada.page.getByRole("button", { name: "Ask the provider, and save" }).click();
  await ada.page.getByText("calls itself otherwise").waitFor();
  await ada.page.getByRole("textbox", { name: "Issuer" }).fill(issuer);
  await ada.page.getByRole("button", { name: "Ask the provider, and save" }).click();
  await ada.page.getByText("People can sign in with Acme").waitFor();
  await look(ada.page, "60-single-sign-on");

  const una = await person(launched, "http://127.0.0.1", { viewport: { width: 390, height: 800 } });
  await una.page.goto(`${base}/sign-in`);
  await una.page.getByRole("button", { name: "Sign in with Acme" }).waitFor();
  await look(una.page, "61-phone-sign-in-with-a-provider");
  await button(una.page);
  await atProvider(una.page, "una");
  await una.page.getByRole("heading", { name: "Overview" }).waitFor();
  if (/[?&](code|state)=/.test(una.page.url())) {
    fail("the code stays in the address");
  }
  await una.page.getByRole("button", { name: "una" }).click();
  await una.page.getByRole("menuitem", { name: "Your account" }).click();
  await una.page.getByText("developer in the workspace").waitFor();
  await una.page.getByText("Your account is linked").waitFor();
  await look(una.page, "62-phone-linked-account");

  const laptop = machine();
  const project = laptop.folder("project", { "package.json": "{}" });
  const registry = `${base}/r/default/`;
  const login = laptop.begin(project, `npm login --registry ${registry}`, /http\S+\/login\/[0-9A-Za-z]{40}/);
  const asked = await una.context.newPage();
  await asked.goto(await login.first);
  await asked.getByRole("button", { name: "Log it in" }).click();
  await asked.getByText("The client is logged in").waitFor();
  await login.end;
  await asked.close();
  const name = laptop.run(project, `npm whoami --registry ${registry}`).trim();
  if (name !== "una") {
    fail(`npm is logged in as somebody else: ${name}`);
  }

  await una.page.getByRole("button", { name: "una" }).click();
  await una.page.getByRole("menuitem", { name: "Sign out", exact: true }).click();
  await una.page.getByRole("link", { name: "Sign out of Acme" }).click();
  await una.page.waitForURL((url) => url.href.startsWith(issuer));
  await una.page.getByRole("button", { name: "Yes, sign me out" }).click();
  await una.page.getByRole("button", { name: "Sign in with Acme" }).waitFor();

  await button(una.page);
  await atProvider(una.page, "otis");
  await una.page.getByText("none of the groups").waitFor();
  await look(una.page, "63-phone-in-no-group");

  await ada.page.reload();
  await ada.page.getByRole("cell", { name: "una", exact: true }).first().waitFor();
  await look(ada.page, "64-linked-accounts");
  // The wrong issuer was meant to be refused, and the provider's own pages are not ours.
  const complaints = [
    ...ada.complaints.filter((one) => !one.includes("status of 400")),
    ...una.complaints.filter((one) => one.startsWith(base)),
  ];
  if (complaints.length > 0) {
    fail(`the browser complained:\n${complaints.join("\n")}`);
  }
  console.log("They have signed in.");
} finally {
  await launched.close();
}
