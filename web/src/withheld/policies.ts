import type { Schemas } from "../api";
import { queries } from "../queries";

const NEVER = ["decision", "freeze", "immutable"];

/** Whether an exception from what a reason says can be asked for at all. */
export function isWaivable(reason: Schemas["WithheldReason"]): boolean {
  return reason.policy !== null && !NEVER.includes(reason.policy);
}

/** After a decision or an exception: everything that tells of versions is asked again. */
export async function verdictsChanged() {
  await Promise.all(
    ["ledger", "waivers", "decisions", "packages", "package", "issue", "issues", "overview"].map((key) =>
      queries.invalidateQueries({ queryKey: [key] }),
    ),
  );
}
