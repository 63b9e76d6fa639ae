import { Button, Table } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { api, result, type Schemas } from "../api";
import { Ago } from "../parts/Ago";
import { State } from "../parts/badges";
import { Choice, given, type Filters } from "../parts/filters";
import { List, useParts } from "../parts/List";
import { Refused } from "../parts/States";
import { verdictsChanged } from "./policies";

type Waiver = Schemas["Waiver"];
type Standing = Waiver["state"];

/** The exceptions that people asked for, and what became of them. */
export function Waivers({ registry, filters }: { registry: Schemas["Registry"]; filters: Filters }) {
  const state = (filters.get("waivers") || undefined) as Standing | undefined;
  const list = useParts(["waivers", registry.name, state], (from) =>
    result(
      api.GET("/registries/{registry}/waivers", {
        params: { path: { registry: registry.name }, query: { ...given({ state }), limit: 20, ...from } },
      }),
    ),
  );
  return (
    <section>
      <div className="between tools">
        <h2 className="part">Exceptions</h2>
        <Choice
          filters={filters}
          name="waivers"
          label="Which"
          data={[
            { value: "", label: "All" },
            { value: "asked", label: "Waiting" },
            { value: "approved", label: "Approved" },
            { value: "refused", label: "Refused" },
            { value: "revoked", label: "Revoked" },
          ]}
        />
      </div>
      <List
        title="Exceptions"
        parts={list}
        empty={{
          title: state ? "No exception is like that" : "Nobody has asked for an exception",
          hint: "Whoever needs a version that is withheld asks for one in the ledger of its package.",
        }}
        head={
          <>
            <Table.Th scope="col">For</Table.Th>
            <Table.Th scope="col">Reason</Table.Th>
            <Table.Th scope="col">It is</Table.Th>
          </>
        }
        row={(one) => <Row key={one.id} registry={registry} one={one} />}
      />
    </section>
  );
}

function Row({ registry, one }: { registry: Schemas["Registry"]; one: Waiver }) {
  const decide = useMutation({
    mutationFn: (state: Schemas["WaiverDecision"]["state"]) =>
      result(
        api.PATCH("/registries/{registry}/waivers/{waiver}", {
          params: { path: { registry: registry.name, waiver: String(one.id) } },
          body: { state },
        }),
      ),
    onSettled: verdictsChanged,
  });
  const button = (state: Schemas["WaiverDecision"]["state"], label: string) => (
    <Button
      size="compact-xs"
      variant="default"
      loading={decide.isPending}
      aria-label={`${label} the exception for ${one.name}@${one.range}`}
      onClick={() => decide.mutate(state)}
    >
      {label}
    </Button>
  );
  return (
    <Table.Tr>
      <Table.Td>
        <span className="row-name">
          {one.name}@{one.range}
        </span>
        <div className="quiet">
          from {one.policy}, until <Ago at={one.until} />
        </div>
      </Table.Td>
      <Table.Td>
        <div className="words">{one.reason}</div>
        <div className="quiet">
          {one.askedBy} <Ago at={one.asked} />
        </div>
      </Table.Td>
      <Table.Td>
        <State state={one.state === "asked" ? "waiting" : one.state} />
        {one.decidedBy !== null && (
          <div className="quiet">
            by {one.decidedBy} <Ago at={one.decided} />
          </div>
        )}
        {decide.isError && <Refused error={decide.error} />}
        {registry.mayDecide && (
          <div className="chips">
            {one.state === "asked" && button("approved", "Approve")}
            {one.state === "asked" && button("refused", "Refuse")}
            {one.state === "approved" && button("revoked", "Revoke")}
          </div>
        )}
      </Table.Td>
    </Table.Tr>
  );
}
