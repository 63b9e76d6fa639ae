// Scenes of the story: where a registry draws from, in which order, and versions that are moved between registries.
import { fail, look } from "./stage.mjs";

async function asked(page, path) {
  const answer = await page.request.get(new URL(`/api/v1/${path}`, page.url()).href);
  if (!answer.ok()) {
    fail(`${path} is answered ${answer.status()}: ${await answer.text()}`);
  }
  return answer.json();
}

/** The server has the upstreams in that order, and the page shows it. */
async function inOrder(page, ...names) {
  for (const [index, name] of names.entries()) {
    await page.getByRole("listitem").filter({ hasText: `${index + 1}. ${name}` }).waitFor();
  }
  const order = (await asked(page, "registries/pair/upstreams")).items.map((one) => one.name);
  if (order.join() !== names.join()) {
    fail(`the upstreams are in the order ${order}, and not ${names}`);
  }
}

async function add(page, name) {
  await page.getByRole("button", { name: "Add an upstream" }).click();
  const drawer = page.getByRole("dialog", { name: "Add an upstream" });
  if (name !== "public") {
    await drawer.getByRole("radio", { name: "Another registry here" }).check();
    await drawer.getByRole("combobox", { name: "Registry" }).click();
    await page.getByRole("option", { name, exact: true }).click();
  }
  if (name === "default") {
    await drawer.getByRole("checkbox", { name: "It takes pushes" }).check();
    await look(page, "66-add-an-upstream-that-takes-pushes");
  }
  await drawer.getByRole("button", { name: "Add as the last one" }).click();
  await drawer.waitFor({ state: "detached" });
}

/** Upstreams are put in order by the mouse and by the keyboard. */
export async function order(base, page) {
  await page.goto(`${base}/registries`);
  await page.getByRole("button", { name: "Create a registry" }).click();
  await page.getByRole("textbox", { name: "Name" }).fill("pair");
  await page.getByRole("button", { name: "Create", exact: true }).click();
  await page.getByText("There is no package here yet").waitFor();
  await page.getByRole("tab", { name: "Upstreams" }).click();
  for (const name of ["public", "team", "default"]) {
    await add(page, name);
  }
  await inOrder(page, "public", "team", "default");
  const item = (name) => page.getByRole("listitem").filter({ hasText: `. ${name}` });
  await item("default").dragTo(item("public"));
  await inOrder(page, "default", "public", "team");
  await page.getByRole("button", { name: "Move team up" }).focus();
  await page.keyboard.press("Enter");
  await inOrder(page, "default", "team", "public");
  await look(page, "67-upstreams-in-order");
}

/** A version is brought in, another one pushed on; then it changes hands and is quarantined. */
export async function moved(base, page, computer) {
  const name = "@acme/moved";
  const folder = computer.folder("moved", { "package.json": JSON.stringify({ name, version: "1.0.0" }) });
  const file = computer.run(folder, "npm pack --silent").trim();
  await page.goto(`${base}/registries/pair`);
  await page.getByRole("button", { name: "Upload a package" }).click();
  const [chooser] = await Promise.all([
    page.waitForEvent("filechooser"),
    page.getByRole("button", { name: "Tarball" }).click(),
  ]);
  await chooser.setFiles(`${folder}/${file}`);
  await page.getByRole("button", { name: "Publish", exact: true }).click();
  await page.getByRole("link", { name }).or(page.getByRole("heading", { name })).first().waitFor();

  const dialog = page.getByRole("dialog");
  await page.goto(`${base}/registries/pair/package/${name}?tab=manage`);
  await page.getByRole("button", { name: "Push", exact: true }).click();
  await dialog.getByRole("combobox", { name: "To" }).click();
  await page.getByRole("option", { name: "default", exact: true }).click();
  await dialog.getByRole("textbox", { name: "Under another number" }).fill("2.0.0");
  await look(page, "68-push");
  await dialog.getByRole("button", { name: "Push", exact: true }).click();
  await dialog.waitFor({ state: "detached" });
  const there = await asked(page, `registries/default/packages/${encodeURIComponent(name)}`);
  if (there.latest !== "2.0.0") {
    fail(`what was pushed is not there: ${JSON.stringify(there.tags)}`);
  }

  await page.getByRole("button", { name: "Transfer" }).click();
  await dialog.getByRole("textbox", { name: "User name" }).fill("bob");
  await look(page, "69-transfer");
  await dialog.getByRole("button", { name: "Transfer", exact: true }).click();
  await dialog.waitFor({ state: "detached" });
  const { owners } = await asked(page, `registries/pair/packages/${encodeURIComponent(name)}`);
  if (owners.join() !== "bob") {
    fail(`it belongs to ${owners} now`);
  }

  await page.getByRole("combobox", { name: "Version" }).click();
  await page.getByRole("option", { name: "1.0.0", exact: true }).click();
  await page.getByRole("button", { name: "Quarantine", exact: true }).click();
  await dialog.getByRole("textbox", { name: "Reason" }).fill("To be looked at");
  await look(page, "70-quarantine-a-version");
  await dialog.getByRole("button", { name: "Quarantine", exact: true }).click();
  await dialog.waitFor({ state: "detached" });
  await page.goto(`${base}/registries/pair/withheld?package=${name}`);
  await page.getByRole("button", { name: "Release 1.0.0" }).waitFor();

  await page.goto(`${base}/registries/pair/package/is-number?tab=manage`);
  await page.getByRole("button", { name: "Pull", exact: true }).click();
  await look(page, "71-pull");
  await dialog.getByRole("button", { name: "Pull", exact: true }).click();
  await dialog.waitFor({ state: "detached" });
  await page.getByRole("button", { name: "Push", exact: true }).waitFor();
}
