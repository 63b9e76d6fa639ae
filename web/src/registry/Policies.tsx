import { Badge, Button, JsonInput, SegmentedControl } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "react-router";
import { api, result, type Schemas } from "../api";
import { Ago } from "../parts/Ago";
import { Refused, Waiting } from "../parts/States";
import { registryChanged, useMe } from "../queries";
import { LicenceChoice } from "./LicenceChoice";
import { Trial } from "./Trial";

type Policy = Schemas["Policy"];
type Mode = Policy["mode"];

const ABOUT: Record<string, [string, string]> = {
  freeze: ["Freeze", "The registry is read-only. It follows from being archived."],
  immutable: ["Immutable versions", "A published version never changes. It is set under Access."],
  malware: ["Malware", "Versions that an advisory calls malicious."],
  vulnerabilities: ["Vulnerabilities", "Versions with known vulnerabilities, by severity."],
  "block-list": ["Block list", "What may not enter, or all that may."],
  licences: ["Licences", "What the licence must be."],
  delay: ["Delay", "Young versions wait."],
  "install-scripts": ["Install scripts", "Versions that run code when they are installed."],
  "quarantine-new": ["Quarantine what is new", "Everything new waits for a person."],
  scanned: ["Scanned", "Only what has been scanned."],
  trust: ["Trust", "Signature, way of publishing, publisher."],
  exotic: ["Exotic dependencies", "Dependencies by git, URL or file."],
  consistency: ["Consistency", "Manifest and tarball say the same."],
};

/** Each policy's switch and settings. */
export function Policies({ registry }: { registry: Schemas["Registry"] }) {
  const me = useMe();
  const list = useQuery({
    queryKey: ["policies", registry.name],
    queryFn: () =>
      result(
        api.GET("/registries/{registry}/policies", {
          params: { path: { registry: registry.name } },
        }),
      ),
  });
  if (list.isPending) {
    return <Waiting what="the policies" />;
  }
  if (list.isError) {
    return <Refused error={list.error} retry={() => void list.refetch()} />;
  }
  return (
    <div className="stack">
      <span className="quiet">
        Observe notes what a policy would withhold and serves it; enforce withholds it.{" "}
        {me.data?.rights.includes("manage-accounts") && (
          <Link to={`/audit?registry=${registry.name}&action=policy`}>Who changed what</Link>
        )}
      </span>
      <ul className="list card">
        {list.data.items.map((one) => (
          <li key={one.policy}>
            <Row registry={registry} policy={one} />
          </li>
        ))}
      </ul>
    </div>
  );
}

function Row({ registry, policy }: { registry: Schemas["Registry"]; policy: Policy }) {
  const [editing, setEditing] = useState(false);
  const [enforcing, setEnforcing] = useState(false);
  const path = { registry: registry.name, policy: policy.policy };
  const set = useMutation({
    mutationFn: (change: { mode: Mode; settings?: Record<string, never> }) =>
      result(
        api.PUT("/registries/{registry}/policies/{policy}", { params: { path }, body: change }),
      ),
    onSuccess: async () => {
      setEditing(false);
      setEnforcing(false);
      await registryChanged();
    },
  });
  const inherit = useMutation({
    mutationFn: () =>
      result(api.DELETE("/registries/{registry}/policies/{policy}", { params: { path } })),
    onSuccess: registryChanged,
  });
  const [name, about] = ABOUT[policy.policy] ?? [policy.policy, ""];
  const editable = policy.settable && registry.mayManage;
  const failure = set.error ?? inherit.error;
  return (
    <div className="stack">
      <div className="between">
        <div>
          <span className="row-name">{name}</span>
          <div className="quiet">
            {about}{" "}
            {policy.changedBy !== null && (
              <>
                Set by {policy.changedBy} <Ago at={policy.changed} />
                {policy.source === "workspace" && ", for the whole workspace"}.
              </>
            )}
          </div>
        </div>
        {editable ? (
          <SegmentedControl
            size="xs"
            aria-label={`Mode of ${name}`}
            value={enforcing ? "enforce" : policy.mode}
            data={["off", "observe", "enforce"]}
            disabled={set.isPending}
            onChange={(mode) => (mode === "enforce" ? setEnforcing(true) : set.mutate({ mode: mode as Mode }))}
          />
        ) : (
          <Badge variant="light" color={policy.mode === "off" ? "gray" : "blue"}>
            {policy.mode}
          </Badge>
        )}
      </div>
      {failure && <Refused error={failure} />}
      {enforcing && policy.mode !== "enforce" && (
        <div className="stack" role="group" aria-label={`Enforce ${name}`}>
          <span className="quiet">It withholds what it objects to from the next request on.</span>
          <Trial registry={registry.name} policy={policy.policy} name={name} draft={() => ({ mode: "enforce" })} />
          <div className="chips">
            <Button size="xs" loading={set.isPending} onClick={() => set.mutate({ mode: "enforce" })}>
              Enforce it
            </Button>
            <Button size="xs" variant="default" onClick={() => setEnforcing(false)}>
              Cancel
            </Button>
          </div>
        </div>
      )}
      {editable && policy.policy === "licences" && !editing && !enforcing && (
        <LicenceChoice
          used={typeof policy.settings.use === "string" ? policy.settings.use : ""}
          saving={set.isPending}
          use={(use) => set.mutate({ mode: policy.mode, settings: { use } as unknown as Record<string, never> })}
        />
      )}
      {editable && !editing && !enforcing && (
        <div className="chips">
          {Object.keys(policy.settings).length > 0 && (
            <Button size="compact-xs" variant="default" onClick={() => setEditing(true)} aria-label={`Settings of ${name}`}>
              Settings
            </Button>
          )}
          {policy.source === "registry" && (
            <Button
              size="compact-xs"
              variant="default"
              loading={inherit.isPending}
              onClick={() => inherit.mutate()}
              aria-label={`Inherit again: ${name}`}
            >
              Inherit again
            </Button>
          )}
        </div>
      )}
      {editing && (
        <Settings
          name={name}
          policy={policy}
          registry={registry.name}
          saving={set.isPending}
          save={(settings) => set.mutate({ mode: policy.mode, settings })}
          cancel={() => setEditing(false)}
        />
      )}
    </div>
  );
}

function Settings(props: {
  name: string;
  policy: Policy;
  registry: string;
  saving: boolean;
  save: (settings: Record<string, never>) => void;
  cancel: () => void;
}) {
  const [text, setText] = useState(JSON.stringify(props.policy.settings, null, 2));
  const [wrong, setWrong] = useState<string | null>(null);
  const read = () => {
    try {
      setWrong(null);
      return JSON.parse(text) as Record<string, never>;
    } catch {
      setWrong("This is no JSON object.");
      throw new Error("The settings are no JSON object.");
    }
  };
  const save = () => {
    try {
      props.save(read());
    } catch {
      // It stands at the field.
    }
  };
  return (
    <div className="stack">
      <JsonInput
        label={`Settings of ${props.name}`}
        autosize
        minRows={3}
        maxRows={16}
        value={text}
        onChange={setText}
        error={wrong}
      />
      <Trial
        registry={props.registry}
        policy={props.policy.policy}
        name={props.name}
        draft={() => ({ mode: "enforce", settings: read() })}
      />
      <div className="chips">
        <Button size="xs" loading={props.saving} onClick={save}>
          Save
        </Button>
        <Button size="xs" variant="default" onClick={props.cancel}>
          Cancel
        </Button>
      </div>
    </div>
  );
}
