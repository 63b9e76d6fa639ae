import { Button, Modal, Select, Textarea, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { api, result, type Schemas } from "../api";
import { Refused } from "../parts/States";
import { isWaivable, verdictsChanged } from "./policies";

const DAY = 24 * 60 * 60 * 1000;
const inDays = (days: number) => new Date(Date.now() + days * DAY).toISOString().slice(0, 10);

/** Asks for an exception; it opens nothing before somebody approves it. */
export function Ask(props: {
  registry: Schemas["Registry"];
  row: Schemas["WithheldVersion"];
  close: () => void;
}) {
  const { row } = props;
  const policies = [...new Set(row.reasons.filter(isWaivable).map((one) => one.policy ?? ""))];
  const [policy, setPolicy] = useState(policies[0] ?? "");
  const ask = useMutation({
    mutationFn: (form: FormData) =>
      result(
        api.POST("/registries/{registry}/waivers", {
          params: { path: { registry: props.registry.name } },
          body: {
            name: row.name,
            range: String(form.get("range")).trim(),
            policy,
            reason: String(form.get("reason")),
            until: `${String(form.get("until"))}T00:00:00Z`,
          },
        }),
      ),
    onSuccess: async () => {
      await verdictsChanged();
      props.close();
    },
  });
  return (
    <Modal opened onClose={props.close} title={`An exception for ${row.name}`}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          ask.mutate(new FormData(event.currentTarget));
        }}
      >
        {ask.isError && <Refused error={ask.error} />}
        <span className="quiet">It opens nothing before whoever manages this registry approves it.</span>
        <TextInput
          name="range"
          label="Versions"
          description="One, or a range such as ^1.2.0. Narrow is better."
          defaultValue={row.version}
          required
        />
        <Select
          label="Policy"
          description={policies.length > 1 ? "Several withhold it: each needs an exception." : undefined}
          data={policies}
          value={policy}
          allowDeselect={false}
          onChange={(value) => setPolicy(value ?? "")}
        />
        <Textarea
          name="reason"
          label="Reason"
          description="Why it is needed, and why it does no harm."
          autosize
          minRows={2}
          maxLength={2000}
          required
          data-autofocus
        />
        <TextInput name="until" label="Until" type="date" min={inDays(1)} defaultValue={inDays(30)} required />
        <Button type="submit" loading={ask.isPending}>
          Ask for it
        </Button>
      </form>
    </Modal>
  );
}
