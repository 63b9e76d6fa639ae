import { Button, Checkbox, Fieldset, Select, TextInput } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api, result, tagged } from "../api";
import { Refused, Waiting } from "../parts/States";

interface Rule {
  licence: string;
  action: string;
  severity: string;
}

interface Otherwise {
  other: string;
  unknown: string;
  missing: string;
  differs: string;
  corrected: boolean;
}

interface Rules {
  rules: Rule[];
  otherwise: Otherwise;
}

const ACTIONS = ["allow", "flag", "quarantine", "block"];
const SEVERITIES = ["low", "moderate", "high", "critical"];
const OTHERWISE: [Exclude<keyof Otherwise, "corrected">, string][] = [
  ["other", "Any other licence"],
  ["unknown", "A claim that names no licence"],
  ["missing", "No claim at all"],
  ["differs", "The licence file says something else"],
];
const FRESH: Rules = {
  rules: [{ licence: "AGPL-*", action: "quarantine", severity: "high" }],
  otherwise: { other: "allow", unknown: "quarantine", missing: "quarantine", differs: "flag", corrected: false },
};

/** Writes a policy, or, with a name, changes that one: as it was when it was opened. */
export function PolicyForm({ name, done }: { name: string | null; done: () => Promise<void> }) {
  const before = useQuery({
    queryKey: ["licence-policy", name],
    queryFn: () =>
      tagged(api.GET("/licence-policies/{licences}", { params: { path: { licences: name ?? "" } } })),
    enabled: name !== null,
    gcTime: 0,
    staleTime: Infinity,
    refetchOnWindowFocus: false,
  });
  if (name === null) {
    return <Form name={null} tag={null} rules={FRESH} done={done} />;
  }
  if (before.isPending) {
    return <Waiting what="the policy" />;
  }
  if (before.isError) {
    return <Refused error={before.error} />;
  }
  const settings = before.data.value.settings as unknown as Rules;
  return <Form name={name} tag={before.data.tag} rules={settings} done={done} />;
}

function Form(props: { name: string | null; tag: string | null; rules: Rules; done: () => Promise<void> }) {
  const [name, setName] = useState(props.name ?? "");
  const [rules, setRules] = useState(props.rules.rules);
  const [otherwise, setOtherwise] = useState(props.rules.otherwise);
  const save = useMutation({
    mutationFn: () =>
      result(
        api.PUT("/licence-policies/{licences}", {
          params: { path: { licences: name }, ...(props.tag ? { header: { "If-Match": props.tag } } : {}) },
          body: { settings: { rules, otherwise } as unknown as Record<string, never> },
        }),
      ),
    onSuccess: props.done,
  });
  const put = (index: number, change: Partial<Rule>) =>
    setRules(rules.map((one, at) => (at === index ? { ...one, ...change } : one)));
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      {save.isError && <Refused error={save.error} />}
      {props.name === null && (
        <TextInput
          label="Name"
          description="Small letters, digits and hyphens."
          value={name}
          required
          onChange={(event) => setName(event.currentTarget.value)}
          data-autofocus
        />
      )}
      <Fieldset legend="Rules: the first that fits a licence counts">
        {rules.map((one, index) => (
          <RuleRow
            key={index}
            number={index + 1}
            rule={one}
            put={(change) => put(index, change)}
            remove={() => setRules(rules.filter((_, at) => at !== index))}
          />
        ))}
        <Button
          size="xs"
          variant="default"
          onClick={() => setRules([...rules, { licence: "", action: "quarantine", severity: "moderate" }])}
        >
          One more rule
        </Button>
      </Fieldset>
      <Fieldset legend="Where no rule decides">
        <div className="tools">
          {OTHERWISE.map(([key, label]) => (
            <Select
              key={key}
              label={label}
              data={ACTIONS}
              value={otherwise[key]}
              allowDeselect={false}
              onChange={(value) => setOtherwise({ ...otherwise, [key]: value ?? otherwise[key] })}
            />
          ))}
        </div>
        <Checkbox
          label="A claim that had to be corrected counts in full"
          description="Such as Apache 2 for Apache-2.0. Otherwise it can accuse, and not acquit."
          checked={otherwise.corrected}
          onChange={(event) => setOtherwise({ ...otherwise, corrected: event.currentTarget.checked })}
        />
      </Fieldset>
      <Button type="submit" loading={save.isPending}>
        Save
      </Button>
    </form>
  );
}

function RuleRow(props: {
  number: number;
  rule: Rule;
  put: (change: Partial<Rule>) => void;
  remove: () => void;
}) {
  const { rule, number } = props;
  return (
    <div className="tools">
      <TextInput
        className="grow"
        label={`Licence of rule ${number}`}
        placeholder="GPL-*"
        value={rule.licence}
        required
        onChange={(event) => props.put({ licence: event.currentTarget.value })}
      />
      <Select
        className="choice"
        label={`Action of rule ${number}`}
        data={ACTIONS}
        value={rule.action}
        allowDeselect={false}
        onChange={(action) => props.put({ action: action ?? rule.action })}
      />
      <Select
        className="choice"
        label={`Severity of rule ${number}`}
        data={SEVERITIES}
        value={rule.severity}
        allowDeselect={false}
        onChange={(severity) => props.put({ severity: severity ?? rule.severity })}
      />
      <Button variant="light" color="red" onClick={props.remove} aria-label={`Remove rule ${number}`}>
        Remove
      </Button>
    </div>
  );
}
