import { Button, TextInput } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api, result, tagged, type Schemas } from "../api";
import { Refused, Waiting } from "../parts/States";
import { queries } from "../queries";
import { AddTeam, changed, Owning, TeamChoice, type Permissions } from "../team/Owning";

type Scopes = Schemas["ScopeTeams"]["scopes"];

/** Which teams own whole scopes, before there is anything in them. */
export function Scopes({ registry }: { registry: Schemas["Registry"] }) {
  const path = { registry: registry.name };
  const query = useQuery({
    queryKey: ["scope-teams", registry.name],
    queryFn: () => tagged(api.GET("/registries/{registry}/scopes", { params: { path } })),
  });
  const save = useMutation({
    mutationFn: (scopes: Scopes) =>
      result(
        api.PUT("/registries/{registry}/scopes", {
          params: { path, header: { "If-Match": query.data?.tag ?? "" } },
          body: { scopes },
        }),
      ),
    onSettled: () =>
      Promise.all(["scope-teams", "package-teams"].map((key) => queries.invalidateQueries({ queryKey: [key] }))),
  });
  if (query.isPending) {
    return <Waiting what="owners of scopes" />;
  }
  if (query.isError) {
    return <Refused error={query.error} retry={() => void query.refetch()} />;
  }
  const { scopes } = query.data.value;
  const locked = !registry.mayManage || save.isPending;
  const set = (scope: string, teams: Permissions) => {
    const { [scope]: _, ...others } = scopes;
    save.mutate(Object.keys(teams).length === 0 ? others : { ...others, [scope]: teams });
  };
  return (
    <section className="card padded stack">
      <h2>Owners of scopes</h2>
      <p className="quiet">
        {registry.ownersOnly
          ? "Nobody else publishes in such a scope, new packages among them, but the owners of single packages and those who manage registries."
          : "This binds once only a package's owners change it: see above."}
      </p>
      {save.isError && <Refused error={save.error} />}
      {Object.keys(scopes).length === 0 && <p className="quiet">No scope has an owner yet.</p>}
      {Object.entries(scopes).map(([scope, teams]) => (
        <section key={scope} className="stack" aria-label={scope}>
          <h3>{scope}</h3>
          <Owning
            what={scope}
            teams={teams}
            locked={locked}
            set={(team, permission) => set(scope, changed(teams, team, permission))}
          />
          {registry.mayManage && (
            <AddTeam teams={teams} locked={locked} add={(team) => set(scope, changed(teams, team, "read-write"))} />
          )}
        </section>
      ))}
      {registry.mayManage && <NewScope scopes={scopes} locked={locked} set={set} />}
    </section>
  );
}

function NewScope(props: { scopes: Scopes; locked: boolean; set: (scope: string, teams: Permissions) => void }) {
  const [name, setName] = useState("");
  const [team, setTeam] = useState<string | null>(null);
  const scope = `@${name.trim().replace(/^@/, "").replace(/\/\*?$/, "")}/*`;
  return (
    <form
      className="tools"
      onSubmit={(event) => {
        event.preventDefault();
        if (team !== null) {
          props.set(scope, { ...props.scopes[scope], [team]: "read-write" });
          setName("");
          setTeam(null);
        }
      }}
    >
      <TextInput className="grow" label="Scope" placeholder="@acme" value={name} onChange={(event) => setName(event.currentTarget.value)} />
      <TeamChoice label="Its team" without={[]} value={team} set={setTeam} />
      <Button type="submit" variant="default" disabled={props.locked || team === null || name.trim() === ""}>
        Give it the scope
      </Button>
    </form>
  );
}
