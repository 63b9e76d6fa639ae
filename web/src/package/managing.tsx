import { TextInput } from "@mantine/core";
import type { Schemas } from "../api";

/** The package that is managed, and where it is. */
export type Of = { registry: Schemas["Registry"]; shown: Schemas["Package"] };

/** The part of every path that names it. */
export const at = ({ registry, shown }: Of) => ({ registry: registry.name, name: shown.name });

/** What is to be typed before something goes that does not come back. */
export function Typed(props: { what: string; value: string; set: (value: string) => void }) {
  return (
    <TextInput
      label={`Type ${props.what}`}
      description="Whoever depends on it can install it no longer, and its number stays taken."
      autoComplete="off"
      data-autofocus
      value={props.value}
      onChange={(event) => props.set(event.currentTarget.value)}
    />
  );
}
