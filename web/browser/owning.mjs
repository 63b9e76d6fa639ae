// Teams that own packages and scopes, up to what a client of theirs may publish then.
import { fail, look } from "./stage.mjs";

const onlyOwners = (page) => page.getByRole("checkbox", { name: "Only a package's owners change it" });

/** A team is made an owner: its member's publish, which was refused, goes through. */
export async function owning(base, page, phone, machines) {
  const { laptop, source, desk, project, publish } = machines;
  const version = (number) => JSON.stringify({ name: "@acme/owned", version: number, license: "MIT" });
  laptop.run(laptop.folder("owned", { "package.json": version("1.0.0") }), `cp ${source}/.npmrc . && ${publish}`);
  await page.goto(`${base}/registries/team/access`);
  await onlyOwners(page).click();
  await page.getByText("Nobody else publishes in such a scope").waitFor();

  const theirs = desk.folder("owned", { "package.json": version("1.1.0") });
  const said = desk.refused(theirs, `cp ${project}/.npmrc . && ${publish}`);
  if (!said.includes("Only its owners (ada) may change @acme/owned")) {
    fail(`bob was refused without a reason:\n${said}`);
  }
  await page.evaluate(() =>
    fetch("/api/v1/teams/builders/members/bob", {
      method: "PUT",
      headers: { "content-type": "application/json", "x-gatehouse-app": "1" },
      body: "{}",
    }),
  );
  await page.goto(`${base}/registries/team/package/@acme/owned?tab=manage`);
  await page.getByRole("combobox", { name: "One more team" }).click();
  await page.getByRole("option", { name: "builders" }).click();
  await page.getByRole("button", { name: "Make it an owner" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Do it" }).click();
  await page.getByRole("table", { name: "Teams of @acme/owned" }).getByText("builders").waitFor();
  await page.getByRole("dialog").waitFor({ state: "detached" });
  await look(page, "86-a-team-owns-a-package");
  desk.run(theirs, publish);
  await phone.goto(`${base}/registries/team/package/@acme/owned?tab=manage`);
  await phone.getByRole("table", { name: "Teams of @acme/owned" }).waitFor();
  await look(phone, "87-phone-a-team-owns-a-package");

  const listed = laptop.run(source, "npm access list packages default:builders --json");
  if (JSON.parse(listed)["@acme/owned"] !== "read-write") {
    fail(`npm does not list what the team owns:\n${listed}`);
  }
  laptop.run(source, "npm access revoke default:builders @acme/owned");
  laptop.run(source, "npm access grant read-only default:builders @acme/owned");
  const people = JSON.parse(laptop.run(source, "npm access list collaborators @acme/owned --json"));
  if (people.ada !== "read-write" || people.bob !== "read-only") {
    fail(`npm does not list who owns it: ${JSON.stringify(people)}`);
  }
  const next = desk.folder("owned-next", { "package.json": version("1.2.0") });
  desk.refused(next, `cp ${project}/.npmrc . && ${publish}`);
  await scopes(base, page, phone);
  desk.run(next, publish);
  await onlyOwners(page).click();
  await page.getByText("This binds once only a package's owners change it").waitFor();
}

/** A whole scope is a team's. */
async function scopes(base, page, phone) {
  await page.goto(`${base}/registries/team/access`);
  await page.getByRole("textbox", { name: "Scope", exact: true }).fill("@acme");
  await page.getByRole("combobox", { name: "Its team" }).click();
  await page.getByRole("option", { name: "builders" }).click();
  await page.getByRole("button", { name: "Give it the scope" }).click();
  await page.getByRole("table", { name: "Teams of @acme/*" }).getByText("builders").waitFor();
  await look(page, "88-a-team-owns-a-scope");
  await phone.goto(`${base}/registries/team/access`);
  await phone.getByRole("table", { name: "Teams of @acme/*" }).waitFor();
  await look(phone, "89-phone-a-team-owns-a-scope");
}
