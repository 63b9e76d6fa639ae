// Scenes of the story: how people come in, and come in again.
import { createHmac } from "node:crypto";
import { confirming } from "./confirming.mjs";
import { fail, isOut, look, person } from "./stage.mjs";

const password = "correct horse battery";

const linkOf = (page, title) => page.getByRole("group", { name: title, exact: true }).innerText();

async function choosePassword(page, word) {
  await page.getByLabel("password", { exact: false }).first().fill(word);
}

/** Somebody is invited by a link, and joins by it under a name of their own; gives the link, which is used. */
export async function invitation(base, owner, guest, name) {
  await owner.goto(`${base}/team`);
  await owner.getByRole("button", { name: "Invite somebody" }).click();
  await owner.getByText("They choose their name").waitFor();
  await look(owner, "39-invite");
  await owner.getByRole("button", { name: "Invite", exact: true }).click();
  await owner.getByText("Copy it now").waitFor();
  const link = await linkOf(owner, "The link of the invitation");
  await owner.getByRole("button", { name: "Done" }).click();
  await owner.getByRole("cell", { name: "whoever has the link", exact: true }).waitFor();
  await owner.getByText("in 5 days").first().waitFor();

  await guest.goto(link);
  await guest.getByText("invites you to the workspace").waitFor();
  await guest.getByRole("textbox", { name: "User name" }).fill(name);
  await choosePassword(guest, password);
  await look(guest, "40-join-by-invitation");
  await guest.getByRole("button", { name: "Join", exact: true }).click();
  await guest.getByRole("heading", { name: "Overview" }).waitFor();
  return link;
}

/**
 * Whom an admin added signs in; an invitation works once; a stranger asks and is invited; a password
 * is forgotten. `used` is the link of an invitation that somebody has joined by.
 */
export async function joining(launched, base, owner, used) {
  const cleo = await person(launched, base, { viewport: { width: 390, height: 800 } });
  const eve = await person(launched, base, { viewport: { width: 390, height: 800 } });

  await cleo.page.goto(`${base}/registries/team/connect`);
  await cleo.page.getByLabel("User name").fill("cleo");
  await choosePassword(cleo.page, password);
  await look(cleo.page, "16-phone-sign-in");
  await cleo.page.keyboard.press("Enter");
  await cleo.page.getByRole("button", { name: "Make a token" }).waitFor();
  await eve.page.goto(used);
  await eve.page.getByText("This invitation was used").waitFor();

  await owner.goto(`${base}/team`);
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
  await isOut(cleo.page);
  await eve.page.getByRole("link", { name: "Sign in", exact: true }).click();
  if ((await eve.page.getByLabel("User name").inputValue()) !== "cleo") {
    fail("the link to a new password does not lead on to signing in");
  }
  await choosePassword(eve.page, "a new password for cleo");
  await eve.page.getByRole("button", { name: "Sign in", exact: true }).click();
  await eve.page.getByRole("heading", { name: "Overview" }).waitFor();
  await secondFactor(base, eve.page, owner);
  return [...cleo.complaints, ...eve.complaints];
}

/** What an authenticator app shows that was given this secret. */
function codeOf(secret) {
  const bits = [...secret].map((one) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(one).toString(2).padStart(5, "0")).join("");
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
  const hash = createHmac("sha1", key).update(step).digest();
  return String((hash.readUInt32BE(hash[19] & 15) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

/** A second factor is set up, asked for at sign-in, and taken away by an admin. */
async function secondFactor(base, page, owner) {
  const word = "a new password for cleo";
  await page.getByRole("button", { name: "cleo" }).click();
  await page.getByRole("menuitem", { name: "Your account" }).click();
  await page.getByRole("button", { name: "Set it up" }).click();
  await page.getByRole("dialog").getByLabel("Your password", { exact: false }).first().fill(word);
  await page.getByRole("button", { name: "Go on" }).click();
  await page.getByRole("img", { name: "QR code of the secret" }).waitFor();
  await look(page, "45-phone-second-factor");
  await page.getByRole("textbox", { name: "The code that it shows" }).fill(codeOf(await linkOf(page, "The secret")));
  await page.getByRole("button", { name: "Switch it on" }).click();
  await page.getByText("Copy it now").waitFor();
  const [recovery, ...codes] = (await linkOf(page, "Recovery codes")).split("\n");
  await look(page, "46-phone-recovery-codes");
  await page.getByRole("button", { name: "Done" }).click();
  await page.getByText("10 of 10 recovery codes are left").waitFor();
  await look(page, "47-phone-account");
  await page.getByRole("button", { name: "cleo" }).click();
  await page.getByRole("menuitem", { name: "Sign out", exact: true }).click();
  await page.getByLabel("User name").fill("cleo");
  await choosePassword(page, word);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.getByRole("textbox", { name: "One-time password" }).fill("000000");
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.getByText("The one-time password is wrong").waitFor();
  await look(page, "48-phone-one-time-password");
  await page.getByRole("textbox", { name: "One-time password" }).fill(recovery);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.getByRole("heading", { name: "Your account" }).or(page.getByRole("heading", { name: "Overview" })).first().waitFor();

  await confirming(base, owner, page, codes);
  await owner.goto(`${base}/team`);
  await owner.getByText("second factor", { exact: true }).waitFor();
  await look(owner, "49-team-second-factor");
  await owner.getByRole("button", { name: "Change cleo" }).click();
  await owner.getByRole("menuitem", { name: "Reset the second factor" }).click();
  await owner.getByText("second factor", { exact: true }).waitFor({ state: "detached" });
  await isOut(page);
}
