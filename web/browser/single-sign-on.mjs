// People sign in by a real provider: an owner sets it up, una comes in by it, logs npm in, and signs out. Takes the server's
// address, the set-up link and the provider's issuer; keeps pictures in target/screenshots.
import { becomeOwner, browser, fail, look, machine, person } from "./stage.mjs";

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
  const ada = await person(launched, "http://127.0.0.1");
  await becomeOwner(ada.page, setup, password);

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

  // Una has no password, and is asked for none.
  await una.page.getByText("Your account has none: you sign in with Acme").waitFor();
  await una.page.getByRole("textbox", { name: "Mail address" }).fill("una@mail.test");
  await una.page.getByRole("button", { name: "Save it" }).click();
  await una.page.getByText("Your mail address is changed").waitFor();
  await una.page.getByRole("button", { name: "Set it up" }).click();
  await una.page.getByRole("dialog").getByRole("button", { name: "Go on" }).waitFor();
  if ((await una.page.locator("input[type=password]").count()) > 0) {
    fail("una is asked for a password that she has not");
  }
  await una.page.keyboard.press("Escape");

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

  // She signs out at the provider, in a tab of its own: it tells the server, and she is out here too.
  const there = await una.context.newPage();
  await there.goto(`${issuer}/session/end`);
  await there.getByRole("button", { name: "Yes, sign me out" }).click();
  await there.getByText("Sign-out Success").waitFor();
  await there.close();
  await una.page.reload();
  await una.page.getByRole("button", { name: "Sign in with Acme" }).waitFor();
  await look(una.page, "65-phone-signed-out-by-the-provider");
  await button(una.page);
  await atProvider(una.page, "una");
  await una.page.getByText("developer in the workspace").waitFor();

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

  // Ada, who came by her password, links her account to herself there.
  await ada.page.getByRole("button", { name: "ada" }).click();
  await ada.page.getByRole("menuitem", { name: "Your account" }).click();
  await ada.page.getByRole("button", { name: "Link my account" }).click();
  await atProvider(ada.page, "ada");
  await ada.page.getByText("Your account is linked").waitFor();
  await look(ada.page, "65-linked-by-oneself");

  // A mail goes to the address that she gives herself.
  await ada.page.getByRole("textbox", { name: "Mail address" }).fill("ada@mail.test");
  await ada.page.getByLabel("Your password", { exact: false }).fill(password);
  await ada.page.getByRole("button", { name: "Save it" }).click();
  await ada.page.getByText("Your mail address is changed").waitFor();
  await ada.page.getByRole("button", { name: "ada" }).click();
  await ada.page.getByRole("menuitem", { name: "Settings", exact: true }).click();
  await ada.page.getByRole("button", { name: "Send a test mail to myself" }).click();
  await ada.page.getByRole("status").filter({ hasText: "It was sent" }).waitFor();
  await look(ada.page, "66-test-mail");

  await ada.page.getByRole("button", { name: "ada" }).click();
  await ada.page.getByRole("menuitem", { name: "Single sign-on" }).click();
  await ada.page.getByRole("cell", { name: "una", exact: true }).first().waitFor();
  await look(ada.page, "64-linked-accounts");
  // The wrong issuer was meant to be refused, and the provider's own pages are not ours.
  const complaints = [
    ...ada.complaints.filter((one) => one.startsWith(base) && !one.includes("status of 400")),
    ...una.complaints.filter((one) => one.startsWith(base)),
  ];
  if (complaints.length > 0) {
    fail(`the browser complained:\n${complaints.join("\n")}`);
  }
  console.log("They have signed in.");
} finally {
  await launched.close();
}
