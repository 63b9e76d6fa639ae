// From the set-up link to a teammate's npm install, by clicks and keys and the commands that the
// app shows. Takes the server's address and the set-up link; keeps pictures in target/screenshots.
import { readFileSync } from "node:fs";
import { browser, fail, look, machine, person } from "./stage.mjs";
import { leftovers, readme, texts } from "./hostile.mjs";

const [address, setup] = process.argv.slice(2);
const base = address.replace(/\/$/, "");
const password = "correct horse battery";
const launched = await browser();

async function signIn(page, name) {
  await page.getByLabel("User name").fill(name);
  await page.getByLabel("Password", { exact: false }).first().fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.getByRole("heading", { name: "Overview" }).waitFor();
}

/** The text that the app shows under a title. */
const shown = (page, title) => page.getByRole("group", { name: title, exact: true }).innerText();

/** Makes a token on More info and sets npm up by the commands that stand there. */
async function setUp(page, computer, project) {
  await page.getByRole("tab", { name: "More info" }).click();
  await page.getByRole("button", { name: "Make a token" }).click();
  await page.getByRole("group", { name: "Your token" }).waitFor();
  computer.run(project, await shown(page, "Or use a token"));
  computer.run(project, await shown(page, "Take everything from here"));
}

/** The scanner works behind the answers: looks again until it shows. */
async function until(page, locator) {
  while ((await locator.count()) === 0) {
    await locator.waitFor({ timeout: 2_000 }).catch(() => page.reload());
  }
}

/** What an advisory says of a package is commented on, given to somebody, and closed. */
async function issue(page) {
  await page.getByRole("link", { name: "Issues", exact: true }).click();
  const about = page.getByRole("link", { name: /says hello too loudly/ });
  await until(page, about);
  await look(page, "26-issues");
  await about.click();
  await page.getByRole("cell", { name: /^user:bob/ }).waitFor();
  await page.getByRole("textbox", { name: "Comment" }).fill("<b>Loud</b>: see #1, https://docs.example.com/x and javascript:alert(1)");
  await page.getByRole("button", { name: "Say it" }).click();
  await page.getByText("<b>Loud</b>: see").waitFor();
  await page.getByRole("combobox", { name: "Who looks after it" }).click();
  await page.getByRole("option", { name: "ada" }).click();
  await page.getByText("gave it to").waitFor();
  await page.getByRole("textbox", { name: "Why it can be closed" }).fill("Nobody minds");
  await look(page, "27-issue");
  await page.getByRole("button", { name: "Close it" }).click();
  await page.getByRole("button", { name: "Open it again" }).waitFor();
  const links = await page.evaluate(() => [...document.querySelectorAll("a[href]")].map((link) => link.protocol));
  if (links.some((protocol) => !/^https?:$/.test(protocol))) {
    fail(`a comment made a link of another kind: ${links}`);
  }
}

/** A developer asks for what is withheld, an admin answers; another version is quarantined. */
async function exception(admin, developer) {
  await developer.goto(`${base}/registries/team/withheld?package=express`);
  await developer.getByRole("button", { name: "Ask for an exception for 4.0.0" }).click();
  await developer.getByRole("textbox", { name: "Reason" }).fill("An old demo needs it");
  await look(developer, "28-phone-ask-for-an-exception");
  await developer.getByRole("button", { name: "Ask for it" }).click();
  await developer.getByText("An old demo needs it").waitFor();
  await look(developer, "29-phone-withheld");
  await admin.goto(`${base}/registries/team/withheld?waivers=asked`);
  await admin.getByText("An old demo needs it").waitFor();
  await look(admin, "30-exceptions");
  await admin.getByRole("button", { name: "Approve the exception for express@4.0.0" }).click();
  await admin.getByText("No exception is like that").waitFor();
  await admin.getByRole("searchbox", { name: "Package" }).fill("@acme/hello");
  await admin.getByRole("button", { name: "Quarantine a version" }).click();
  await admin.getByRole("textbox", { name: "Reason" }).fill("Too loud");
  await look(admin, "31-quarantine");
  await admin.getByRole("button", { name: "Quarantine", exact: true }).click();
  await admin.getByRole("button", { name: "Release 1.0.0" }).waitFor();
  await look(admin, "32-withheld");
  await admin.getByRole("link", { name: "@acme/hello", exact: true }).first().click();
  await admin.getByRole("link", { name: "Why 1.0.0 is withheld" }).click();
  await admin.getByRole("button", { name: "Release 1.0.0" }).click();
  await admin.getByRole("textbox", { name: "Reason" }).fill("Not that loud");
  await admin.getByRole("button", { name: "Release", exact: true }).click();
  await admin.getByText("0 of 1 versions are withheld").waitFor();
}

/** Who did that stands in the trail, and can be taken along. */
async function trail(page) {
  await page.getByRole("link", { name: "Audit log" }).click();
  await page.getByText("quarantine.release").waitFor();
  await page.getByRole("searchbox", { name: "Who" }).fill("bob");
  await page.getByText("quarantine.release").waitFor({ state: "detached" });
  await page.getByText("waiver.ask").waitFor();
  await look(page, "33-audit-log");
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "Download as JSON lines" }).click(),
  ]);
  const lines = readFileSync(await download.path(), "utf8").trim().split("\n");
  if (!lines.map((line) => JSON.parse(line)).some((one) => one.actor === "user:bob" && one.action === "waiver.ask")) {
    fail(`the download lacks what bob did:\n${lines.join("\n")}`);
  }
}

/** A webhook is added, sent a test that cannot arrive, and removed. */
async function webhooks(page) {
  await page.getByRole("button", { name: "ada" }).click();
  await page.getByRole("menuitem", { name: "Webhooks" }).click();
  await page.getByText("Nobody outside is told").waitFor();
  await page.getByRole("button", { name: "Add a webhook" }).click();
  await page.getByRole("textbox", { name: "Name" }).fill("chat");
  await page.getByRole("textbox", { name: "URL" }).fill("https://hooks.example.test/secret-path");
  await look(page, "37-add-a-webhook");
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await page.getByText("Copy it now").waitFor();
  await page.getByRole("button", { name: "Done" }).click();
  await page.getByText("https://hooks.example.test", { exact: true }).waitFor();
  await page.getByRole("button", { name: "Deliveries to chat" }).click();
  await page.getByRole("button", { name: "Send a test" }).click();
  await page.getByRole("cell", { name: /^webhook\.test/ }).waitFor();
  await look(page, "38-deliveries");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Remove chat" }).click();
  await page.getByText("Nobody outside is told").waitFor();
}

/** Logs npm in by the command that More info shows: it waits until its owner says yes here. */
async function logIn(someone, page, computer, project) {
  const command = await shown(page, "Log in");
  const login = computer.begin(project, command, /http\S+\/login\/[0-9A-Za-z]{40}/);
  const asked = await someone.context.newPage();
  await asked.goto(await login.first);
  await asked.getByRole("button", { name: "Log it in" }).waitFor();
  await look(asked, "09-client-login");
  await asked.getByRole("button", { name: "Log it in" }).click();
  await asked.getByText("The client is logged in").waitFor();
  await login.end;
  await asked.close();
  const name = computer.run(project, `npm whoami ${command.match(/--registry \S+/)[0]}`).trim();
  if (name !== "ada") {
    fail(`npm is logged in as somebody else: ${name}`);
  }
}

try {
  const ada = await person(launched, base);
  const page = ada.page;

  await page.goto(setup);
  await look(page, "01-set-up");
  await page.getByLabel("User name").or(page.locator("#name")).first().fill("ada");
  await page.locator("#password").fill(password);
  await page.locator("#again").fill(password);
  await page.getByRole("button", { name: "Make me the owner" }).click();
  await page.getByRole("heading", { name: "Welcome, ada" }).waitFor();
  await look(page, "02-welcome");
  await page.getByRole("link", { name: "Sign in" }).click();

  await page.getByLabel("User name").waitFor();
  await look(page, "03-sign-in");
  await page.getByLabel("Password", { exact: false }).first().fill("wrong password");
  await page.keyboard.press("Enter");
  await page.getByText("The user name or the password is wrong.").waitFor();
  await signIn(page, "ada");
  await page.getByText("There is no package here yet").waitFor();
  await page.getByRole("link", { name: "Registries", exact: true }).first().click();
  await page.getByRole("link", { name: "default" }).waitFor();
  await look(page, "04-registries");

  await page.getByRole("button", { name: "Create a registry" }).click();
  await page.getByLabel("Name", { exact: false }).first().waitFor();
  await page.getByRole("textbox", { name: "Name" }).fill("team");
  await page.getByRole("radio", { name: "Firewall" }).check();
  await look(page, "05-create-a-registry");
  await page.getByRole("button", { name: "Create", exact: true }).click();
  await page.getByText("There is no package here yet").waitFor();
  await look(page, "06-empty-registry");

  await page.getByRole("tab", { name: "Upstreams" }).click();
  await page.getByText("This registry draws from nothing else").waitFor();
  await page.getByRole("button", { name: "Add an upstream" }).click();
  await page.getByRole("radio", { name: "The public registry" }).waitFor();
  await look(page, "07-add-an-upstream");
  await page.getByRole("button", { name: "Add as the last one" }).click();
  await page.getByRole("listitem").getByText("public", { exact: true }).waitFor();
  await look(page, "08-upstreams");

  const laptop = machine();
  const source = laptop.folder("hello", {
    "package.json": JSON.stringify({ name: "@acme/hello", version: "1.0.0", license: "MIT", ...texts }),
    "index.js": "module.exports = 'hello from the team';\n",
    "README.md": readme,
  });
  await setUp(page, laptop, source);
  await look(page, "09-more-info");
  await logIn(ada, page, laptop, source);
  laptop.run(source, await shown(page, "Publish"));
  for (const client of ["yarn classic", "yarn berry", "pnpm", "bun", "deno", "CI"]) {
    await page.getByRole("tab", { name: client, exact: true }).click();
    await page.getByRole("tabpanel").getByText(client === "CI" ? "Docker" : "Install").first().waitFor();
  }
  await look(page, "10-more-info-ci");

  await page.getByRole("tab", { name: "Packages" }).click();
  await page.getByRole("link", { name: "@acme/hello" }).waitFor();
  await look(page, "11-packages");
  await page.getByRole("link", { name: "@acme/hello" }).click();
  await page.getByRole("heading", { name: "@acme/hello" }).waitFor();
  await page.locator(".readme").waitFor();
  const left = await page.evaluate(leftovers);
  if (left.length > 0) {
    fail(`an author's text got through:\n${left.join("\n")}`);
  }
  await look(page, "12-package");
  await page.getByRole("button", { name: "ada" }).click();
  await page.getByRole("menuitem", { name: "Dark" }).click();
  await look(page, "13-package-dark");

  await page.getByRole("link", { name: "Team", exact: true }).click();
  await page.getByRole("button", { name: "Add a person" }).click();
  await page.getByRole("textbox", { name: "User name" }).fill("bob");
  await page.getByLabel("Password", { exact: false }).first().fill(password);
  await look(page, "14-add-a-person-dark");
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await page.getByRole("cell", { name: "bob", exact: true }).waitFor();
  await look(page, "15-team-dark");
  await page.getByRole("button", { name: "ada" }).click();
  await page.getByRole("menuitem", { name: "Light" }).click();

  // The teammate, on a telephone's width, with a machine of his own.
  const bob = await person(launched, base, { viewport: { width: 390, height: 800 } });
  await bob.page.goto(`${base}/registries/team/connect`);
  await bob.page.getByLabel("User name").fill("bob");
  await bob.page.getByLabel("Password", { exact: false }).first().fill(password);
  await look(bob.page, "16-phone-sign-in");
  await bob.page.keyboard.press("Enter");
  const desk = machine();
  const project = desk.folder("site", { "package.json": '{"name":"site","version":"1.0.0","private":true}' });
  await setUp(bob.page, desk, project);
  await look(bob.page, "17-phone-more-info");
  const install = await shown(bob.page, "Install");
  desk.run(project, install.replace("express", "@acme/hello"));
  const said = desk.run(project, `node -p "require('@acme/hello')"`).trim();
  if (said !== "hello from the team") {
    fail(`the teammate installed something else: ${said}`);
  }
  desk.run(project, install);
  desk.run(project, `node -e "require('express')"`);
  await bob.page.getByRole("tab", { name: "Packages" }).click();
  await bob.page.getByRole("link", { name: "express", exact: true }).waitFor();
  await look(bob.page, "18-phone-packages");
  await bob.page.getByRole("link", { name: "express", exact: true }).click();
  await bob.page.getByRole("heading", { name: "express", exact: true }).first().waitFor();
  await look(bob.page, "19-phone-package");
  await bob.page.goto(`${base}/registries`);
  await bob.page.getByRole("link", { name: "team" }).first().waitFor();
  if ((await bob.page.getByRole("button", { name: "Create a registry" }).count()) > 0) {
    fail("a developer is offered what only admins may do");
  }
  await look(bob.page, "20-phone-registries");

  await page.goto(`${base}/registries/team/policies`);
  await page.getByText("Malware", { exact: true }).waitFor();
  await page.getByRole("radiogroup", { name: "Mode of Delay" }).getByText("observe").click();
  await page.getByText("Set by user:ada", { exact: false }).waitFor();
  await page.getByRole("radiogroup", { name: "Mode of Install scripts" }).getByText("enforce").click();
  await page.getByRole("button", { name: "Try it on the last 30 days: Install scripts" }).click();
  await page.getByText("versions that were fetched in the last 30 days").waitFor();
  await look(page, "21-policies");
  await page.getByRole("group", { name: "Enforce Install scripts" }).getByRole("button", { name: "Cancel" }).click();
  await page.goto(`${base}/registries/team/access`);
  await page.getByRole("heading", { name: "Who may read and publish" }).waitFor();
  await look(page, "22-access");

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

  await issue(page);
  await exception(page, bob.page);
  await trail(page);
  await webhooks(page);
  await page.getByRole("link", { name: "Advisories", exact: true }).click();
  await page.getByRole("searchbox", { name: "Package or id" }).fill("@acme/hello");
  await page.getByText("says hello too loudly").waitFor();
  await look(page, "36-advisories");
  await page.goto(`${base}/`);
  await page.getByRole("heading", { name: "Overview" }).waitFor();
  await page.getByRole("table", { name: "Came in or changed last" }).getByRole("link").first().waitFor();
  await look(page, "34-overview");

  // Deactivated, bob is out with his next click.
  await page.getByRole("link", { name: "Team", exact: true }).click();
  await page.getByRole("button", { name: "Change bob" }).click();
  await page.getByRole("menuitem", { name: "Deactivate" }).click();
  await page.getByText("deactivated").waitFor();
  await bob.page.getByRole("link", { name: "Tokens", exact: true }).click();
  await bob.page.getByRole("button", { name: "Sign in", exact: true }).waitFor();

  await page.getByRole("button", { name: "ada" }).click();
  await page.getByRole("menuitem", { name: "Troubleshooting" }).click();
  await page.getByRole("searchbox", { name: "Search" }).fill("etarget");
  await page.getByText("Every version in that range is withheld here").waitFor();
  await look(page, "35-troubleshooting");
  await page.getByRole("button", { name: "ada" }).click();
  await page.getByRole("menuitem", { name: "Your account" }).click();
  await page.getByRole("heading", { name: "Your account" }).waitFor();
  await look(page, "25-account");
  await page.getByRole("button", { name: "ada" }).click();
  await page.getByRole("menuitem", { name: "Sign out", exact: true }).click();
  await page.getByRole("button", { name: "Sign in", exact: true }).waitFor();

  const complaints = [...ada.complaints, ...bob.complaints];
  if (complaints.length > 0) {
    fail(`the browser complained:\n${complaints.join("\n")}`);
  }
  console.log("The story is told.");
} finally {
  await launched.close();
}
