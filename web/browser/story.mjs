// From the set-up link to a teammate's npm install, by clicks and keys and the commands that the
// app shows. Takes the server's address and the set-up link; keeps pictures in target/screenshots.
import { browser, fail, isOut, look, machine, missing, person } from "./stage.mjs";
import { overview, settings } from "./glance.mjs";
import { chains, cloned } from "./chains.mjs";
import { leftovers, readme, texts } from "./hostile.mjs";
import { invitation, joining } from "./joining.mjs";
import { licences } from "./licences.mjs";
import { moved, order } from "./moving.mjs";
import { heard, notifications } from "./notifications.mjs";
import { packageList } from "./package-list.mjs";
import { compare, files, manage, published } from "./packages.mjs";
import { owning } from "./owning.mjs";
import { dependencies, dependents, downloads } from "./relations.mjs";
import { exception, issue, trail, webhooks } from "./scenes.mjs";
import { teams } from "./teams.mjs";
import { tokens } from "./tokens.mjs";
import { trouble } from "./trouble.mjs";
import { workspaces } from "./workspaces.mjs";

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
  await page.getByRole("link", { name: "default", exact: true }).waitFor();
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
  await page.getByRole("tab", { name: "More info" }).click();
  await page.getByRole("button", { name: "Make a token" }).waitFor();
  await page.getByRole("group", { name: "Publish", exact: true }).waitFor();
  await look(page, "09-more-info-first");
  await setUp(page, laptop, source);
  await look(page, "09-more-info");
  await logIn(ada, page, laptop, source);
  const publish = await shown(page, "Publish");
  laptop.run(source, publish);
  for (const client of ["yarn classic", "yarn berry", "pnpm", "bun", "deno", "CI"]) {
    await page.getByRole("tab", { name: client, exact: true }).click();
    await page.getByRole("tabpanel").getByText(client === "CI" ? "Docker" : "Install").first().waitFor();
  }
  await look(page, "10-more-info-ci");

  await page.getByRole("tab", { name: "Packages" }).click();
  await page.getByRole("link", { name: "@acme/hello" }).waitFor();
  await look(page, "11-packages");
  await packageList(page);
  await page.getByRole("link", { name: "@acme/hello" }).click();
  await page.getByRole("heading", { name: "@acme/hello" }).waitFor();
  await page.locator(".readme").waitFor();
  const left = await page.evaluate(leftovers);
  if (left.length > 0) {
    fail(`an author's text got through:\n${left.join("\n")}`);
  }
  await look(page, "12-package");

  // The teammate is invited; he has a telephone's width, and a machine of his own.
  const hello = page.url();
  const bob = await person(launched, base, { viewport: { width: 390, height: 800 } });
  const invited = await invitation(base, page, bob.page, "bob");
  await page.goto(hello);
  await page.locator(".readme").waitFor();
  await page.getByRole("button", { name: "ada" }).click();
  await page.getByRole("menuitem", { name: "Dark" }).click();
  await look(page, "13-package-dark");

  await page.getByRole("link", { name: "Team", exact: true }).click();
  await page.getByRole("button", { name: "Add a person" }).click();
  await page.getByRole("textbox", { name: "User name" }).fill("cleo");
  await page.getByLabel("Password", { exact: false }).first().fill(password);
  await look(page, "14-add-a-person-dark");
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await page.getByRole("cell", { name: "cleo", exact: true }).waitFor();
  await look(page, "15-team-dark");
  await page.getByRole("button", { name: "ada" }).click();
  await page.getByRole("menuitem", { name: "Light" }).click();

  await bob.page.goto(`${base}/registries/team/connect`);
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
  const refusal = desk.refused(project, install.replace("express", "express@4.0.0"));
  if (!/is malware, says MAL-TEAM-1.*\/-\/why\/express@4\.0\.0/.test(refusal)) {
    fail(`npm met malware and says something else:\n${refusal}`);
  }
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

  await tokens(base, page);
  await issue(page);
  await exception(base, page, bob.page);
  await published(base, page, laptop, publish, source);
  await files(page);
  await compare(page);
  await dependencies(base, page, bob.page);
  await dependents(base, page, bob.page);
  await downloads(base, page, bob.page);
  await page.goto(`${base}/registries/team/package/@acme/parts`);
  await manage(base, page, laptop);
  await order(base, page);
  await moved(base, page, laptop);
  await notifications(page);
  await trail(page);
  await webhooks(page);
  await licences(base, page);
  const strangers = await joining(launched, base, page, invited);
  await heard(page);
  await page.getByRole("link", { name: "Advisories", exact: true }).click();
  await page.getByRole("searchbox", { name: "Package or id" }).fill("@acme/hello");
  await page.getByText("says hello too loudly").waitFor();
  await look(page, "36-advisories");
  await overview(base, page);
  await settings(page);

  await teams(base, page, "team");
  await owning(base, page, bob.page, { laptop, source, desk, project, publish });

  // Deactivated, bob is out with his next request.
  await page.getByRole("link", { name: "Team", exact: true }).click();
  await page.getByRole("button", { name: "Change bob" }).click();
  await page.getByRole("menuitem", { name: "Deactivate" }).click();
  await page.getByText("deactivated").waitFor();
  await isOut(bob.page);

  await chains(page, base);
  await trouble(page, base);
  await page.getByRole("button", { name: "ada" }).click();
  await page.getByRole("menuitem", { name: "Troubleshooting" }).click();
  await page.getByRole("searchbox", { name: "Search" }).fill("etarget");
  await page.getByText("Every version in that range is withheld here").waitFor();
  await look(page, "35-troubleshooting");
  await page.getByRole("button", { name: "ada" }).click();
  await page.getByRole("menuitem", { name: "Your account" }).click();
  await page.getByRole("heading", { name: "Your account" }).waitFor();
  await look(page, "25-account");
  await cloned(page, base, "team");
  const owners = await workspaces(launched, base, page, password);
  await page.getByRole("button", { name: "ada" }).click();
  await page.getByRole("menuitem", { name: "Sign out", exact: true }).click();
  await page.getByRole("button", { name: "Sign in", exact: true }).waitFor();

  const complaints = [...ada.complaints, ...bob.complaints, ...strangers, ...owners];
  if (complaints.length > 0) {
    fail(`the browser complained:\n${complaints.join("\n")}`);
  }
  const untold = missing();
  if (untold.length > 0) {
    fail(`docs/TOUR.md shows pictures that are not made: ${untold}`);
  }
  console.log("The story is told.");
} finally {
  await launched.close();
}
