// Teams, roles that owners make, and permissions in a registry.
import { look } from "./stage.mjs";

/** Makes a team of cleo, a role, and lets the team publish in the registry of that name. */
export async function teams(base, page, registry) {
  await page.goto(`${base}/team`);
  await page.getByRole("button", { name: "Make a team" }).click();
  await page.getByRole("textbox", { name: "Team name" }).fill("builders");
  await page.getByRole("textbox", { name: "Description" }).fill("Who build what we ship");
  await page.getByRole("button", { name: "Make it" }).click();
  await page.getByRole("button", { name: "Change the team builders" }).click();
  await page.getByRole("menuitem", { name: "Members" }).click();
  await page.getByRole("combobox", { name: "Members" }).or(page.getByRole("textbox", { name: "Members" })).first().click();
  await page.getByRole("option", { name: "cleo" }).click();
  await page.getByRole("table", { name: "Teams", includeHidden: true }).getByText("cleo").waitFor();
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
  await page.getByText("in builders").waitFor();

  await page.getByRole("button", { name: "Make a role" }).click();
  await page.getByRole("textbox", { name: "Role name" }).fill("release-manager");
  await page.getByRole("checkbox", { name: "Publish, deprecate, move tags" }).check();
  await page.getByRole("checkbox", { name: "Take back what others published" }).check();
  await look(page, "57-make-a-role");
  await page.getByRole("button", { name: "Make it" }).click();
  await page.getByRole("button", { name: "Change the role release-manager" }).waitFor();
  await page.getByRole("button", { name: "Change cleo" }).click();
  await page.getByRole("menuitem", { name: "release-manager" }).click();
  await page.getByRole("row", { name: /^cleo.*release-manager/ }).waitFor();
  await look(page, "58-teams-and-roles");
  await invites(page);
  await edits(page);

  await page.goto(`${base}/registries/${registry}/access`);
  await page.getByRole("heading", { name: "Permissions" }).waitFor();
  await page.getByText("Everybody installs", { exact: true }).click();
  await page.getByRole("radio", { name: "Everybody installs", checked: true }).waitFor();
  await page.getByRole("combobox", { name: "Who", exact: true }).click();
  await page.getByRole("option", { name: "builders" }).click();
  await page.getByRole("button", { name: "Add the permission" }).click();
  await page.getByRole("table", { name: "Permissions" }).getByText("builders").waitFor();
  await look(page, "59-permissions");
  await page.getByText("Roles count as everywhere", { exact: true }).click();
  await page.getByRole("radio", { name: "Roles count as everywhere", checked: true }).waitFor();
}

/** Somebody is invited to that role; the invitation is taken back. */
async function invites(page) {
  await page.getByRole("button", { name: "Invite somebody" }).click();
  const dialog = page.getByRole("dialog", { name: "Invite somebody" });
  await dialog.getByRole("combobox", { name: "Role" }).or(dialog.getByRole("textbox", { name: "Role" })).first().click();
  await page.getByRole("option", { name: "release-manager" }).click();
  await look(page, "58-invite-to-a-role");
  await dialog.getByRole("button", { name: "Invite", exact: true }).click();
  await dialog.getByRole("button", { name: "Done" }).click();
  await dialog.waitFor({ state: "detached" });
  const row = page.getByRole("row", { name: /^whoever has the link release-manager/ });
  await row.waitFor();
  await row.getByRole("button", { name: /Take back/ }).click();
  await row.waitFor({ state: "detached" });
}

/** A role is described; whoever saves it as it was before somebody else's change is told. */
async function edits(page) {
  const open = () => page.getByRole("button", { name: "Change the role release-manager" }).click();
  const description = page.getByRole("textbox", { name: "Description" });
  const save = page.getByRole("button", { name: "Save the role" });
  await open();
  await description.fill("Ships on Fridays");
  await page.evaluate(() =>
    fetch("/api/v1/roles/release-manager", {
      method: "PATCH",
      headers: { "content-type": "application/json", "x-gatehouse-app": "1" },
      body: JSON.stringify({ description: "Ships on Mondays" }),
    }),
  );
  await save.click();
  await page.getByRole("alert").getByText("load it again").waitFor();
  await look(page, "58-role-changed-meanwhile");
  // Closed and opened again at once, while the dialog still fades out.
  await page.keyboard.press("Escape");
  await page.evaluate(() => document.querySelector('[aria-label="Change the role release-manager"]').click());
  await page.getByRole("alert").waitFor({ state: "detached" });
  await description.and(page.locator("[value='Ships on Mondays']")).waitFor();
  await description.fill("Ships when it is ready");
  await save.click();
  await page.getByRole("table", { name: "Roles" }).getByText("Ships when it is ready").waitFor();
}
