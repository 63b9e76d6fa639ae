import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "react-router";
import { api, result, tagged } from "../api";
import { Refused, Waiting } from "../parts/States";
import { queries } from "../queries";
import { AddTeam, changed, Owning, type Permissions } from "../team/Owning";
import { Change } from "./Change";
import { at, type Of } from "./managing";

/** Which teams own the package, by itself or by its scope. */
export function TeamOwners(of: Of) {
  const { registry, shown } = of;
  const [wanted, want] = useState<{ teams: Permissions; words: string } | null>(null);
  const query = useQuery({
    queryKey: ["package-teams", registry.name, shown.name],
    queryFn: () =>
      tagged(api.GET("/registries/{registry}/packages/{name}/teams", { params: { path: at(of) } })),
  });
  if (query.isPending) {
    return <Waiting what="its teams" />;
  }
  if (query.isError) {
    return <Refused error={query.error} retry={() => void query.refetch()} />;
  }
  const { value, tag } = query.data;
  const scope = Object.entries(value.scopeTeams);
  return (
    <section className="card padded stack">
      <h2>Teams</h2>
      {Object.keys(value.teams).length === 0 && <p className="quiet">No team owns it by itself.</p>}
      <Owning
        what={shown.name}
        teams={value.teams}
        locked={wanted !== null}
        set={(team, permission) =>
          want({
            teams: changed(value.teams, team, permission),
            words: permission === null ? `Remove the team ${team}` : `${team}: ${permission}`,
          })
        }
      />
      <AddTeam
        teams={value.teams}
        locked={wanted !== null}
        add={(team) => want({ teams: changed(value.teams, team, "read-write"), words: `Make the team ${team} an owner` })}
      />
      {scope.length > 0 && (
        <p className="quiet">
          By its scope {value.scope}: {scope.map(([team, permission]) => `${team} (${permission})`).join(", ")}. That is set
          under <Link to={`/registries/${registry.name}/access`}>Access</Link>.
        </p>
      )}
      {!registry.ownersOnly && (
        <p className="quiet">In this registry owners bind nobody: every developer publishes any name. Access can change that.</p>
      )}
      {wanted && (
        <Change
          registry={registry}
          close={() => want(null)}
          done={() => void queries.invalidateQueries({ queryKey: ["package-teams"] })}
          title={wanted.words}
          verb="Do it"
          ready
          run={(header) =>
            result(
              api.PUT("/registries/{registry}/packages/{name}/teams", {
                params: { path: at(of), header: { ...header, "If-Match": tag } },
                body: { teams: wanted.teams },
              }),
            )
          }
        />
      )}
    </section>
  );
}
