import { Alert, Button } from "@mantine/core";
import type { ReactNode } from "react";
import { Command } from "./Command";

/** A secret that was just made, and that nobody can look up again. */
export function ShownOnce(props: {
  label: string;
  text: string;
  close: () => void;
  children: ReactNode;
}) {
  return (
    <div className="stack">
      <Alert color="orange" title="Copy it now">
        {props.children}
      </Alert>
      <Command label={props.label} text={props.text} />
      <Button onClick={props.close}>Done</Button>
    </div>
  );
}
