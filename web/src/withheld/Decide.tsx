import { Button, Checkbox, Modal, Select, Textarea } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { api, result, type Schemas } from "../api";
import { Refused } from "../parts/States";
import { verdictsChanged } from "./policies";

/** What is to be decided, about one of some versions. */
export interface Decision {
  state: Schemas["NewDecision"]["state"];
  name: string;
  versions: string[];
  causes: string[];
}

const WORDS = {
  quarantined: ["Quarantine", "It is withheld until somebody releases it."],
  released: ["Release", "What quarantines it now does so no longer; what comes up later does."],
  deleted: ["Delete", "Its bytes go from this registry, and it stays withheld until somebody releases it."],
} as const;

/** Asks for the reason, and decides. */
export function Decide(props: { registry: Schemas["Registry"]; decision: Decision; close: () => void }) {
  const { decision } = props;
  const [verb, about] = WORDS[decision.state];
  const all = [...new Set(decision.causes)];
  const [version, setVersion] = useState(decision.versions.length === 1 ? (decision.versions[0] ?? null) : null);
  const [reason, setReason] = useState("");
  const [causes, setCauses] = useState(all);
  const decide = useMutation({
    mutationFn: () =>
      result(
        api.POST("/registries/{registry}/decisions", {
          params: { path: { registry: props.registry.name } },
          body: {
            name: decision.name,
            version: version ?? "",
            state: decision.state,
            reason,
            causes: decision.state === "released" ? causes : [],
          },
        }),
      ),
    onSuccess: async () => {
      await verdictsChanged();
      props.close();
    },
  });
  return (
    <Modal opened onClose={props.close} title={`${verb} a version of ${decision.name}`}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          decide.mutate();
        }}
      >
        {decide.isError && <Refused error={decide.error} />}
        <span className="quiet">{about}</span>
        <Select
          label="Version"
          data={decision.versions}
          value={version}
          required
          searchable
          limit={100}
          onChange={setVersion}
        />
        {decision.state === "released" && all.length > 0 && (
          <Checkbox.Group label="For these causes" value={causes} onChange={setCauses}>
            {all.map((cause) => (
              <Checkbox key={cause} value={cause} label={cause} mt="xs" />
            ))}
          </Checkbox.Group>
        )}
        <Textarea
          label="Reason"
          description="Whoever meets the version is shown it."
          autosize
          minRows={2}
          maxLength={2000}
          required
          data-autofocus
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <Button
          type="submit"
          color={decision.state === "deleted" ? "red" : "blue"}
          loading={decide.isPending}
          disabled={version === null || reason.trim() === ""}
        >
          {verb}
        </Button>
      </form>
    </Modal>
  );
}
