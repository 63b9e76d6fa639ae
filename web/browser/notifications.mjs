// Scenes of the story: a bell, an inbox, and what somebody wants to hear of.
import { look } from "./stage.mjs";

/** What bob asked for stands in ada's inbox; she has read it, and wants to hear of more. */
export async function notifications(page) {
  await page.getByRole("link", { name: /^Notifications, \d+ unread$/ }).click();
  const inbox = page.getByRole("region", { name: "Inbox" });
  await inbox.getByText("A waiver was asked for: express@4.0.0 in team").waitFor();
  await inbox.getByText("An old demo needs it").waitFor();
  await look(page, "57-notifications");
  await inbox.getByRole("link", { name: "A waiver was asked for: express@4.0.0 in team" }).click();
  await page.getByRole("heading", { name: "team" }).first().waitFor();
  await page.getByRole("link", { name: /^Notifications/ }).click();
  const bell = page.getByRole("link", { name: /^Notifications/ });
  const before = await bell.getAttribute("aria-label");
  await page.getByRole("button", { name: "Mark as read: A waiver was asked for: express@4.0.0 in team" }).click();
  const again = page.getByRole("button", { name: "Mark as unread: A waiver was asked for: express@4.0.0 in team" });
  await again.waitFor();
  if ((await bell.getAttribute("aria-label")) === before) {
    await page.getByRole("link", { name: before, exact: true }).waitFor({ state: "detached" });
  }
  await again.press("Enter");
  await page.getByRole("link", { name: before, exact: true }).waitFor();
  await page.getByRole("button", { name: "Mark all as read" }).click();
  await page.getByRole("link", { name: "Notifications", exact: true }).waitFor();
  const wish = page.getByRole("checkbox", { name: "Here: Somebody publishes a version" });
  await wish.click();
  await page.getByRole("checkbox", { name: "Here: Somebody publishes a version", checked: true, disabled: false }).waitFor();
}

/** Of what she wants to hear of, she hears. */
export async function heard(page) {
  await page.getByRole("link", { name: /^Notifications/ }).click();
  await page.getByText("@acme/quiet-one@1.1.0 was published in team").waitFor();
  await look(page, "58-notifications-new");
}
