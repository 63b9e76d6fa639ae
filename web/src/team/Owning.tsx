import { Button, Select, Table } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api, result, type Schemas } from "../api";

export type Permissions = Schemas["TeamPermissions"];
type Permission = Permissions[string];

const PERMISSIONS: { value: Permission; label: string }[] = [
  { value: "read-write", label: "Own it" },
  { value: "read-only", label: "Know of it" },
];

/** Which teams own something, and who they are to be. */
export function Owning(props: {
  what: string;
  teams: Permissions;
  locked: boolean;
  /** Null takes what the team had. */
  set: (team: string, permission: Permission | null) => void;
}) {
  const { what, teams, locked, set } = props;
  const rows = Object.entries(teams);
  return rows.length === 0 ? null : (
    <div className="scroll">
      <Table aria-label={`Teams of ${what}`}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">Team</Table.Th>
            <Table.Th scope="col">May</Table.Th>
            <Table.Th scope="col">Change</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map(([team, permission]) => (
            <Table.Tr key={team}>
              <Table.Td className="row-name">{team}</Table.Td>
              <Table.Td>
                <Select
                  aria-label={`What the team ${team} may do with ${what}`}
                  data={PERMISSIONS}
                  value={permission}
                  allowDeselect={false}
                  disabled={locked}
                  onChange={(to) => set(team, to as Permission)}
                />
              </Table.Td>
              <Table.Td>
                <Button
                  size="compact-xs"
                  variant="default"
                  disabled={locked}
                  aria-label={`Remove the team ${team} from ${what}`}
                  onClick={() => set(team, null)}
                >
                  Remove
                </Button>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}

/** A choice of a team that has nothing to do with it yet. */
export function TeamChoice(props: { label: string; without: string[]; value: string | null; set: (team: string | null) => void }) {
  const teams = useQuery({
    queryKey: ["teams", { names: true }],
    queryFn: async () => {
      const page = await result(api.GET("/teams", { params: { query: { limit: 200 } } }));
      return page.items.map((one) => one.name);
    },
  });
  return (
    <Select
      className="grow"
      label={props.label}
      placeholder="A team"
      data={(teams.data ?? []).filter((one) => !props.without.includes(one))}
      value={props.value}
      onChange={props.set}
      nothingFoundMessage="No such team: make one on the page of the team"
      searchable
    />
  );
}

/** Adds a team to what has teams already. */
export function AddTeam(props: { teams: Permissions; locked: boolean; add: (team: string) => void }) {
  const [team, setTeam] = useState<string | null>(null);
  return (
    <form
      className="tools"
      onSubmit={(event) => {
        event.preventDefault();
        if (team !== null) {
          props.add(team);
          setTeam(null);
        }
      }}
    >
      <TeamChoice label="One more team" without={Object.keys(props.teams)} value={team} set={setTeam} />
      <Button type="submit" variant="default" disabled={props.locked || team === null}>
        Make it an owner
      </Button>
    </form>
  );
}

/** What holds once `team` may do that, or nothing. */
export function changed(teams: Permissions, team: string, permission: Permission | null): Permissions {
  const { [team]: _, ...others } = teams;
  return permission === null ? others : { ...others, [team]: permission };
}
