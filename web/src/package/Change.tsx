import { Button, Modal, PasswordInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import type { Schemas } from "../api";
import { given } from "../parts/filters";
import { Refused } from "../parts/States";
import { verdictsChanged } from "../withheld/policies";

/** The code of the second factor, where a registry asks for it. */
export interface Code {
  "npm-otp"?: string;
}

/** Asks what a change of a package needs to know, and the second factor where the registry wants it; then makes it. */
export function Change(props: {
  registry: Schemas["Registry"];
  title: string;
  verb: string;
  danger?: boolean;
  ready: boolean;
  run: (header: Code) => Promise<unknown>;
  done?: () => void;
  close: () => void;
  children?: ReactNode;
}) {
  const [code, setCode] = useState("");
  const change = useMutation({
    mutationFn: () => props.run(given({ "npm-otp": code.trim() || undefined })),
    onSuccess: async () => {
      await verdictsChanged();
      props.close();
      props.done?.();
    },
  });
  return (
    <Modal opened onClose={props.close} title={props.title}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          change.mutate();
        }}
      >
        {change.isError && <Refused error={change.error} />}
        {props.children}
        {props.registry.secondFactor && (
          <PasswordInput
            label="Code of your second factor"
            description="This registry asks for it with every change of a package."
            autoComplete="one-time-code"
            required
            value={code}
            onChange={(event) => setCode(event.currentTarget.value)}
          />
        )}
        <Button
          type="submit"
          color={props.danger ? "red" : "blue"}
          loading={change.isPending}
          disabled={!props.ready || (props.registry.secondFactor && code.trim() === "")}
        >
          {props.verb}
        </Button>
      </form>
    </Modal>
  );
}
