// Scenes of the story: a registry that asks for a second factor to publish.
import { fail, look, machine } from "./stage.mjs";

const group = (page, title) => page.getByRole("group", { name: title, exact: true }).innerText();

/**
 * The owner lets the registry ask; a member who has a factor publishes from a terminal, which shows
 * the address of a page, and makes a token for a machine. `codes` are recovery codes of the member's.
 */
export async function confirming(base, owner, member, codes) {
  await owner.goto(`${base}/registries/team/access`);
  await owner.getByRole("checkbox", { name: "Changes of packages need a second factor" }).click();
  await owner.getByRole("checkbox", { name: "Changes of packages need a second factor", checked: true }).waitFor();
  await look(owner, "50-access-second-factor");

  const laptop = machine();
  const source = laptop.folder("quiet-one", {
    "package.json": JSON.stringify({ name: "@acme/quiet-one", version: "1.0.0", license: "MIT" }),
    "index.js": "module.exports = 'a quiet one';\n",
  });
  await member.goto(`${base}/registries/team/connect`);
  await member.getByRole("button", { name: "Make a token" }).click();
  await member.getByRole("group", { name: "Your token" }).waitFor();
  laptop.run(source, await group(member, "Or use a token"));
  laptop.run(source, await group(member, "Take everything from here"));
  const command = await group(member, "Publish");
  const publish = laptop.begin(source, command, /http\S+\/confirm\/[0-9A-Za-z]{40}/, true);
  await member.goto(await publish.first);
  await member.getByText("wants to publish").waitFor();
  await member.getByRole("textbox", { name: "A code of your second factor" }).fill("000000");
  await member.getByRole("button", { name: "Confirm", exact: true }).click();
  await member.getByText("The one-time password is wrong").waitFor();
  await look(member, "51-phone-confirm-a-change");
  await member.getByRole("textbox", { name: "A code of your second factor" }).fill(codes[0]);
  await member.keyboard.press("Enter");
  await member.getByText("The change is confirmed").waitFor();
  await publish.end;

  await member.goto(`${base}/tokens`);
  await member.getByRole("button", { name: "Create a token" }).click();
  await member.getByRole("textbox", { name: "Name" }).fill("deploy");
  await member.getByRole("checkbox", { name: "For a machine" }).check();
  await member.getByRole("textbox", { name: "A code of your second factor" }).fill(codes[1]);
  await look(member, "52-phone-token-for-a-machine");
  await member.getByRole("button", { name: "Create", exact: true }).click();
  await member.getByText("Copy it now").waitFor();
  const token = await group(member, "The new token");
  await member.getByRole("button", { name: "Done" }).click();
  await member.getByText("for a machine", { exact: true }).waitFor();
  const registry = command.match(/--registry[= ](\S+)/)?.[1] ?? `${base}/r/team/`;
  const version = "npm version 1.1.0 --no-git-tag-version";
  laptop.run(source, `${version} && npm publish --registry ${registry} --${registry.replace(/^https?:/, "")}:_authToken=${token}`);
  const tags = laptop.run(source, `npm view @acme/quiet-one version --registry ${registry}`).trim();
  if (tags !== "1.1.0") {
    fail(`the machine's token did not publish: ${tags}`);
  }

  await owner.getByRole("checkbox", { name: "Changes of packages need a second factor" }).click();
  await owner.getByRole("checkbox", { name: "Changes of packages need a second factor", checked: false }).waitFor();
}
