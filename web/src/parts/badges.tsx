import { Badge } from "@mantine/core";

const SEVERITIES: Record<string, string> = {
  critical: "red",
  high: "orange",
  moderate: "yellow",
  low: "gray",
  unknown: "gray",
};

export function Severity({ severity }: { severity: string }) {
  return (
    <Badge variant="light" color={SEVERITIES[severity] ?? "gray"}>
      {severity === "unknown" ? "severity unknown" : severity}
    </Badge>
  );
}

const STATES: Record<string, string> = {
  open: "blue",
  asked: "blue",
  served: "green",
  approved: "green",
  released: "green",
  hold: "yellow",
  held: "yellow",
  quarantine: "red",
  quarantined: "red",
  block: "red",
  blocked: "red",
  deleted: "red",
};

const WORDS: Record<string, string> = { hold: "on hold", quarantine: "quarantined", block: "blocked" };

/** The word that is shown for how something stands. */
export const word = (state: string) => WORDS[state] ?? state;

/** How something stands, in a word. */
export function State({ state }: { state: string }) {
  return (
    <Badge variant="light" color={STATES[state] ?? "gray"}>
      {word(state)}
    </Badge>
  );
}
