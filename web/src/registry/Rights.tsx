import { Button, MultiSelect, Radio, Select, Table } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api, result, tagged, type Schemas } from "../api";
import { Refused, Waiting } from "../parts/States";
import { queries, registryChanged } from "../queries";
import { usePeople } from "../team/Teams";

type Given = Schemas["RegistryRights"];
type Permission = Given["people"][string][number];
type Kind = "people" | "teams";

const PERMISSIONS: { value: Permission; label: string }[] = [
  { value: "read", label: "Read" },
  { value: "publish", label: "Publish" },
  { value: "approve", label: "Approve" },
  { value: "administer", label: "Administer" },
];

const AUDIENCES: { value: Given["audience"]; label: string; hint: string }[] = [
  { value: "roles", label: "Roles count as everywhere", hint: "Developers publish, everybody installs." },
  { value: "reading", label: "Everybody installs", hint: "To publish and decide takes a permission below." },
  { value: "named", label: "Those named below alone", hint: "Others do not see what is in it." },
];

/** Who may do what here besides what their role allows. */
export function Rights({ registry }: { registry: Schemas["Registry"] }) {
  const path = { registry: registry.name };
  const rights = useQuery({
    queryKey: ["rights", registry.name],
    queryFn: () => tagged(api.GET("/registries/{registry}/rights", { params: { path } })),
  });
  const save = useMutation({
    mutationFn: (body: Given) =>
      result(
        api.PUT("/registries/{registry}/rights", {
          params: { path, header: { "If-Match": rights.data?.tag ?? "" } },
          body,
        }),
      ),
    onSettled: async () => {
      await Promise.all([queries.invalidateQueries({ queryKey: ["rights"] }), registryChanged()]);
    },
  });
  if (rights.isPending) {
    return <Waiting what="permissions" />;
  }
  if (rights.isError) {
    return <Refused error={rights.error} retry={() => void rights.refetch()} />;
  }
  const given = rights.data.value;
  const locked = !registry.mayManage || save.isPending;
  const set = (kind: Kind, name: string, these: Permission[]) =>
    save.mutate({ ...given, [kind]: { ...given[kind], [name]: these } });
  return (
    <section className="card padded stack">
      <h2>Permissions</h2>
      {save.isError && <Refused error={save.error} />}
      <Radio.Group
        descriptionProps={{ mb: "sm" }}
        label="Whose roles count here"
        description="Those who manage all registries are never kept out."
        value={given.audience}
        onChange={(audience) => save.mutate({ ...given, audience: audience as Given["audience"] })}
      >
        <div className="stack">
          {AUDIENCES.map((one) => (
            <Radio key={one.value} value={one.value} label={one.label} description={one.hint} disabled={locked} />
          ))}
        </div>
      </Radio.Group>
      <Holders given={given} locked={locked} set={set} />
      {registry.mayManage && <Add given={given} locked={locked} set={set} />}
    </section>
  );
}

type Set = (kind: Kind, name: string, these: Permission[]) => void;

function Holders({ given, locked, set }: { given: Given; locked: boolean; set: Set }) {
  const rows = (["teams", "people"] as const).flatMap((kind) =>
    Object.entries(given[kind]).map(([name, these]) => ({ kind, name, these })),
  );
  if (rows.length === 0) {
    return <p className="quiet">Nobody is named here yet.</p>;
  }
  return (
    <div className="scroll">
      <Table aria-label="Permissions">
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">Who</Table.Th>
            <Table.Th scope="col">May here, whatever their role</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map(({ kind, name, these }) => (
            <Table.Tr key={`${kind} ${name}`}>
              <Table.Td>
                <span className="row-name">{name}</span>{" "}
                <span className="quiet">{kind === "teams" ? "team" : "person"}</span>
              </Table.Td>
              <Table.Td>
                <MultiSelect
                  aria-label={`What ${name} may do`}
                  data={PERMISSIONS}
                  value={these}
                  disabled={locked}
                  onChange={(value) => set(kind, name, value as Permission[])}
                />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}

function Add({ given, locked, set }: { given: Given; locked: boolean; set: Set }) {
  const people = usePeople();
  const teams = useQuery({
    queryKey: ["teams", { names: true }],
    queryFn: async () => {
      const page = await result(api.GET("/teams", { params: { query: { limit: 200 } } }));
      return page.items.map((one) => one.name);
    },
  });
  const [who, setWho] = useState<string | null>(null);
  const [what, setWhat] = useState<Permission>("publish");
  const choice = (kind: Kind, names: string[] | undefined) =>
    (names ?? []).filter((name) => !(name in given[kind])).map((name) => ({ value: `${kind} ${name}`, label: name }));
  return (
    <form
      className="tools"
      onSubmit={(event) => {
        event.preventDefault();
        const [kind, name] = (who ?? "").split(" ");
        if (name && (kind === "people" || kind === "teams")) {
          set(kind, name, [what]);
          setWho(null);
        }
      }}
    >
      <Select
        className="grow"
        label="Who"
        placeholder="A team or a person"
        data={[
          { group: "Teams", items: choice("teams", teams.data) },
          { group: "People", items: choice("people", people.data) },
        ]}
        value={who}
        onChange={setWho}
        searchable
      />
      <Select
        className="grow"
        label="May"
        data={PERMISSIONS}
        value={what}
        allowDeselect={false}
        onChange={(value) => setWhat((value ?? "publish") as Permission)}
      />
      <Button type="submit" variant="default" disabled={locked || who === null}>
        Add the permission
      </Button>
    </form>
  );
}
