import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "react-router";
import { api, tagged } from "../api";
import { History } from "../issue/History";
import { Facts, Places, Reach } from "../issue/Facts";
import { Work } from "../issue/Work";
import { Severity, State } from "../parts/badges";
import { Refused, Waiting } from "../parts/States";
import { useTitle } from "../parts/useTitle";

/** One issue: where it is, who has it, what people say about it and do. */
export function Page() {
  const { issue = "" } = useParams();
  useTitle(`Issue ${issue}`);
  const query = useQuery({
    queryKey: ["issue", issue],
    queryFn: () => tagged(api.GET("/issues/{issue}", { params: { path: { issue } } })),
  });
  if (query.isPending) {
    return <Waiting what={`issue ${issue}`} />;
  }
  if (query.isError) {
    return <Refused error={query.error} retry={() => void query.refetch()} />;
  }
  const { value: shown, tag } = query.data;
  return (
    <>
      <div className="head">
        <div>
          <Link className="crumb" to="/issues">
            Issues
          </Link>
          <h1>
            #{shown.issue.number} {shown.issue.title}
          </h1>
        </div>
        <div className="chips">
          <State state={shown.issue.status} />
          <Severity severity={shown.issue.severity} />
        </div>
      </div>
      <div className="two">
        <div className="stack">
          <Places shown={shown} />
          <Reach reach={shown.reach} />
          <History shown={shown} />
        </div>
        <aside className="stack">
          <Facts shown={shown} />
          {shown.mayComment && <Work key={shown.issue.changed} shown={shown} tag={tag} />}
        </aside>
      </div>
    </>
  );
}
