import { Alert, Button, SegmentedControl, Tabs, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { api, result, type Schemas } from "../api";
import { Command } from "../parts/Command";
import { Refused } from "../parts/States";
import { queries } from "../queries";
import { CLIENTS, type Facts, type Step } from "./instructions";

/** What to type and write to use this registry, for this person. */
export function Connect({ registry }: { registry: Schemas["Registry"] }) {
  const [reach, setReach] = useState("all");
  const [scope, setScope] = useState(registry.scopes[0] ?? "@team");
  const make = useMutation({
    mutationFn: () =>
      result(
        api.POST("/tokens", {
          body: { name: `More info of ${registry.name}`, registries: [registry.name] },
        }),
      ),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["tokens"] }),
  });
  const facts: Facts = {
    url: registry.url,
    token: make.data?.text ?? null,
    scope: reach === "scope" ? scope.trim() : null,
    mayPublish: registry.mayPublish && !registry.archived,
  };
  return (
    <div className="stack">
      <section className="card padded stack">
        <div className="between">
          <div>
            <h2>Your token</h2>
            <span className="quiet">
              {make.data
                ? "It stands in the commands below, and is shown this once. It works on this registry alone."
                : "Make one, and it stands in the commands below. Clients that log in by themselves need none."}
            </span>
          </div>
          {!make.data && (
            <Button loading={make.isPending} onClick={() => make.mutate()}>
              Make a token
            </Button>
          )}
        </div>
        {make.isError && <Refused error={make.error} />}
        {make.data && <Command label="Your token" text={make.data.text} />}
        <div className="tools">
          <SegmentedControl
            aria-label="What comes from here"
            value={reach}
            onChange={setReach}
            data={[
              { value: "all", label: "All packages" },
              { value: "scope", label: "One scope only" },
            ]}
          />
          {reach === "scope" && (
            <TextInput
              label="Scope"
              value={scope}
              onChange={(event) => setScope(event.currentTarget.value)}
              error={/^@[a-z0-9][a-z0-9._-]*$/.test(scope.trim()) ? null : "Write it as @team."}
            />
          )}
        </div>
      </section>
      <SessionPassword />
      <section className="card padded">
        <Tabs defaultValue="npm" keepMounted={false}>
          <div className="scroll">
            <Tabs.List className="tabs">
              {CLIENTS.map((client) => (
                <Tabs.Tab key={client.id} value={client.id}>
                  {client.name}
                </Tabs.Tab>
              ))}
            </Tabs.List>
          </div>
          {CLIENTS.map((client) => (
            <Tabs.Panel key={client.id} value={client.id} pt="md">
              {client.note && (
                <Alert variant="light" mb="md">
                  {client.note}
                </Alert>
              )}
              {client.steps(facts).map((step) => (
                <Shown key={step.title} step={step} />
              ))}
            </Tabs.Panel>
          ))}
        </Tabs>
      </section>
    </div>
  );
}

/** For clients that ask for a name and a password, so that nobody types their own into a terminal. */
function SessionPassword() {
  const draw = useMutation({
    mutationFn: () => result(api.POST("/session/password", { body: {} })),
  });
  return (
    <section className="card padded stack">
      <div className="between">
        <div>
          <h2>Session password</h2>
          <span className="quiet">
            {draw.data
              ? "Shown this once. It ends when you sign out, and makes tokens, nothing else."
              : "For clients that ask for a name and a password. It ends when you sign out."}
          </span>
        </div>
        <Button variant="default" loading={draw.isPending} onClick={() => draw.mutate()}>
          {draw.data ? "Make another" : "Make one"}
        </Button>
      </div>
      {draw.isError && <Refused error={draw.error} />}
      {draw.data && (
        <>
          <Command label="User name" text={draw.data.user} />
          <Command label="Session password" text={draw.data.password} />
        </>
      )}
    </section>
  );
}

function Shown({ step }: { step: Step }) {
  return (
    <div className="step">
      <h3>{step.title}</h3>
      {step.about && <p className="quiet">{step.about}</p>}
      {step.file && (
        <p className="quiet">
          Write into <code>{step.file}</code>
        </p>
      )}
      {step.texts.map((text) => (
        <Command key={text} label={step.title} text={text} />
      ))}
    </div>
  );
}
