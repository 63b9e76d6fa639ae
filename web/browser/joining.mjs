// Scenes of the story: how people come in, and come in again.
import { fail, look, person } from "./stage.mjs";

const password = "correct horse battery";

const linkOf = (page, title) => page.getByRole("group", { name: title, exact: true }).innerText();

async function choosePassword(page, word) {
  await page.getByLabel("password", { exact: false }).first().fill(word);
}

/** Somebody is invited by a link; a stranger asks and is invited; a password is forgotten. */
export async function joining(launched, base, owner) {
  const cleo = await person(launched, base);
  const eve = await person(launched, base, { viewport: { width: 390, height: 800 } });

  await owner.goto(`${base}/team`);
  await owner.getByRole("button", { name: "Invite somebody" }).click();
  await owner.getByText("They choose their name").waitFor();
  await look(owner, "39-invite");
  await owner.getByRole("button", { name: "Invite", exact: true }).click();
  await owner.getByText("Copy it now").waitFor();
  const link = await linkOf(owner, "The link of the invitation");
  await owner.getByRole("button", { name: "Done" }).click();
  await owner.getByRole("cell", { name: "whoever has the link", exact: true }).waitFor();

  await cleo.page.goto(link);
  await cleo.page.getByText("invites you to the workspace").waitFor();
  await cleo.page.getByRole("textbox", { name: "User name" }).fill("cleo");
  await choosePassword(cleo.page, password);
  await look(cleo.page, "40-join-by-invitation");
  await cleo.page.getByRole("button", { name: "Join", exact: true }).click();
  await cleo.page.getByRole("heading", { name: "Overview" }).waitFor();
  await eve.page.goto(link);
  await eve.page.getByText("This invitation was used").waitFor();

  await owner.getByRole("switch", { name: "Strangers may ask to join" }).click();
  await owner.getByText("Nobody comes in before somebody here agrees").waitFor();
  await eve.page.goto(`${base}/sign-in`);
  await eve.page.getByRole("link", { name: "Ask to join" }).click();
  await eve.page.getByRole("textbox", { name: "Mail address" }).fill("eve@example.test");
  await eve.page.getByRole("textbox", { name: "Who you are" }).fill("<b>Eve</b> from next door");
  await look(eve.page, "41-phone-ask-to-join");
  await eve.page.getByRole("button", { name: "Ask", exact: true }).click();
  await eve.page.getByText("You have asked").waitFor();
  await owner.goto(`${base}/team`);
  await owner.getByText("<b>Eve</b> from next door").waitFor();
  await look(owner, "42-team-with-requests");
  await owner.getByRole("button", { name: "Invite eve@example.test" }).click();
  await owner.getByRole("button", { name: "Send the invitation" }).click();
  await owner.getByText("Copy it now").waitFor();
  const second = await linkOf(owner, "The link of the invitation");
  await owner.getByRole("button", { name: "Done" }).click();
  await owner.getByRole("cell", { name: "eve@example.test", exact: true }).waitFor();
  await owner.getByRole("button", { name: /^Take back the invitation to eve@example\.test/ }).click();
  await owner.getByRole("cell", { name: "eve@example.test", exact: true }).waitFor({ state: "detached" });
  await eve.page.goto(second);
  await eve.page.getByText("This invitation was used, taken back").waitFor();

  await eve.page.goto(`${base}/sign-in`);
  await eve.page.getByRole("link", { name: "Forgotten your password?" }).click();
  await eve.page.getByText("This server sends no mail").waitFor();
  await look(eve.page, "43-phone-forgotten-password");
  await owner.getByRole("button", { name: "Change cleo" }).click();
  await owner.getByRole("menuitem", { name: "Make a link to a new password" }).click();
  await owner.getByRole("button", { name: "Make the link" }).click();
  await owner.getByText("Copy it now").waitFor();
  const reset = await linkOf(owner, "The link to a new password");
  await owner.getByRole("button", { name: "Done" }).click();
  await eve.page.goto(reset);
  await eve.page.getByText("in the workspace").waitFor();
  await choosePassword(eve.page, "a new password for cleo");
  await look(eve.page, "44-phone-new-password");
  await eve.page.getByRole("button", { name: "Set it" }).click();
  await eve.page.getByText("Your password is changed").waitFor();
  await cleo.page.getByRole("link", { name: "Tokens", exact: true }).click();
  await cleo.page.getByRole("button", { name: "Sign in", exact: true }).waitFor();
  await eve.page.getByRole("link", { name: "Sign in", exact: true }).click();
  if ((await eve.page.getByLabel("User name").inputValue()) !== "cleo") {
    fail("the link to a new password does not lead on to signing in");
  }
  await choosePassword(eve.page, "a new password for cleo");
  await eve.page.getByRole("button", { name: "Sign in", exact: true }).click();
  await eve.page.getByRole("heading", { name: "Overview" }).waitFor();
  return [...cleo.complaints, ...eve.complaints];
}
