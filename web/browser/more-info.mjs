// Reads what More info shows to somebody, for whoever runs it with the real clients. Takes the
// server's address, a name, a password, and the file to write to.
import { writeFileSync } from "node:fs";
import { browser, fail, look, person } from "./stage.mjs";

const [base, name, password, file] = process.argv.slice(2);
const launched = await browser();

/** All steps of the client whose tab is open. */
function steps() {
  return [...document.querySelectorAll("[role=tabpanel] .step")].map((step) => ({
    title: step.querySelector("h3").innerText,
    file: step.querySelector("code")?.innerText ?? null,
    texts: [...step.querySelectorAll("[role=group]")].map((text) => text.innerText),
  }));
}

async function clients(page) {
  const tabs = page.getByRole("tablist").last().getByRole("tab");
  const told = {};
  for (const tab of await tabs.all()) {
    await tab.click();
    await page.getByRole("tabpanel", { name: await tab.innerText() }).locator(".step").first().waitFor();
    told[await tab.innerText()] = await page.evaluate(steps);
  }
  return told;
}

try {
  const someone = await person(launched, base);
  const page = someone.page;
  await page.goto(`${base}/registries/default/connect`);
  await page.getByLabel("User name").fill(name);
  await page.getByLabel("Password", { exact: false }).first().fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.getByRole("button", { name: "Make a token" }).click();
  const token = await page.getByRole("group", { name: "Your token", exact: true }).innerText();
  await page.getByRole("button", { name: "Make one" }).click();
  const session = {
    user: await page.getByRole("group", { name: "User name", exact: true }).innerText(),
    password: await page.getByRole("group", { name: "Session password", exact: true }).innerText(),
  };
  const all = await clients(page);
  await look(page, "more-info-all");
  await page.getByText("One scope only").click();
  await page.getByRole("textbox", { name: "Scope" }).fill("@acme");
  const scope = await clients(page);
  await page.getByRole("tab", { name: "yarn berry" }).click();
  await look(page, "more-info-scope");
  if (someone.complaints.length > 0) {
    fail(`the browser complained:\n${someone.complaints.join("\n")}`);
  }
  writeFileSync(file, JSON.stringify({ token, session, all, scope }));
} finally {
  await launched.close();
}
