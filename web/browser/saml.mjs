// People sign in by a real provider that speaks SAML: an owner pastes its metadata, una comes in by it, logs npm in, and one who
// is in no group stays outside. Takes the server's address, the set-up link and the provider's address; keeps pictures in
// target/screenshots.
import { becomeOwner, browser, fail, look, machine, person } from "./stage.mjs";

const [address, setup, provider] = process.argv.slice(2);
const base = address.replace(/\/$/, "");
const password = "correct horse battery";
const launched = await browser();

async function atProvider(page, name) {
  await page.getByRole("button", { name: "Sign in with Acme" }).click();
  await page.waitForURL((url) => url.href.startsWith(provider));
  await page.locator("input[name=login]").fill(name);
  await page.getByRole("button", { name: "Sign in" }).click();
}

try {
  const ada = await person(launched, "http://127.0.0.1");
  await becomeOwner(ada.page, setup, password);

  await ada.page.getByRole("button", { name: "ada" }).click();
  await ada.page.getByRole("menuitem", { name: "Single sign-on" }).click();
  await ada.page.getByText("SAML 2.0").click();
  await ada.page.getByText("Make an application there").waitFor();
  await ada.page.getByRole("textbox", { name: "Name", exact: true }).fill("Acme");
  await ada.page.getByRole("textbox", { name: "Its metadata" }).fill("<!DOCTYPE x><x/>");
  await ada.page.getByRole("button", { name: "Save", exact: true }).click();
  await ada.page.getByText("no XML of one provider").waitFor();
  const metadata = await (await fetch(`${provider}/metadata`)).text();
  await ada.page.getByRole("textbox", { name: "Its metadata" }).fill(metadata);
  await ada.page.getByRole("button", { name: "Save", exact: true }).click();
  await ada.page.getByText("People can sign in with Acme").waitFor();
  if ((await ada.page.getByRole("textbox", { name: "Its entity ID" }).inputValue()) !== `${provider}/metadata`) {
    fail("the entity ID is not the one of the metadata");
  }
  await look(ada.page, "67-saml");

  const una = await person(launched, "http://127.0.0.1", { viewport: { width: 390, height: 800 } });
  await una.page.goto(`${base}/sign-in`);
  await atProvider(una.page, "una");
  await una.page.getByRole("heading", { name: "Overview" }).waitFor();
  if (/[?&](code|state)=/.test(una.page.url())) {
    fail("the ticket stays in the address");
  }
  await una.page.getByRole("button", { name: "una" }).click();
  await una.page.getByRole("menuitem", { name: "Your account" }).click();
  await una.page.getByText("developer in the workspace").waitFor();
  await una.page.getByText("Your account is linked").waitFor();

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

  const otis = await person(launched, "http://127.0.0.1", { viewport: { width: 390, height: 800 } });
  await otis.page.goto(`${base}/sign-in`);
  await atProvider(otis.page, "otis");
  await otis.page.getByText("none of the groups").waitFor();

  // Somebody begins at the provider, or follows a link of a stranger's.
  await otis.page.goto(`${provider}/sso?SAMLRequest=&RelayState=https://evil.example`);
  await otis.page.setContent(
    `<form method="post" action="${base}/sign-in/provider/saml"><input name="SAMLResponse" value="PHgvPg==">` +
      '<input name="RelayState" value="https://evil.example/"><button>Go</button></form>',
  );
  await otis.page.getByRole("button", { name: "Go" }).click();
  await otis.page.getByText("sign-ins begin here").waitFor();
  if (!otis.page.url().startsWith(`${base}/sign-in/provider`)) {
    fail(`the browser was sent elsewhere: ${otis.page.url()}`);
  }
  await look(otis.page, "68-phone-not-asked-for");

  await ada.page.reload();
  await ada.page.getByRole("cell", { name: "una", exact: true }).first().waitFor();
  await ada.page.setViewportSize({ width: 390, height: 800 });
  await look(ada.page, "69-phone-saml");
  // What was refused was meant to be, and the provider's own pages are not ours.
  const complaints = [ada, una, otis].flatMap((one) =>
    one.complaints.filter((line) => line.startsWith(base) && !/status of 40[03]/.test(line)),
  );
  if (complaints.length > 0) {
    fail(`the browser complained:\n${complaints.join("\n")}`);
  }
  console.log("They have signed in.");
} finally {
  await launched.close();
}
