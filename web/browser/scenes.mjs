// Scenes of the story: what the firewall found, who decides about it, and who is told.
import { readFileSync } from "node:fs";
import { fail, look } from "./stage.mjs";

/** The scanner works behind the answers: looks again until it shows. */
async function until(page, locator) {
  while ((await locator.count()) === 0) {
    await locator.waitFor({ timeout: 2_000 }).catch(() => page.reload());
  }
}

/** What an advisory says of a package is commented on, given to somebody, and closed. */
export async function issue(page) {
  await page.getByRole("link", { name: "Issues", exact: true }).click();
  const about = page.getByRole("link", { name: /says hello too loudly/ });
  await until(page, about);
  await look(page, "26-issues");
  await about.click();
  await page.getByRole("cell", { name: /^user:bob/ }).waitFor();
  await page.getByRole("textbox", { name: "Comment" }).fill("<b>Loud</b>: see #1, https://docs.example.com/x and javascript:alert(1)");
  await page.getByRole("button", { name: "Say it" }).click();
  // Not by its text alone, which is in the field as well: what is shown anew closes a list that is open.
  await page.getByRole("listitem").filter({ hasText: "<b>Loud</b>: see" }).waitFor();
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
export async function exception(base, admin, developer) {
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
export async function trail(page) {
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
export async function webhooks(page) {
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
