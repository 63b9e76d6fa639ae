import { useQuery } from "@tanstack/react-query";
import { api, result } from "../api";
import { Refused } from "../parts/States";
import { Tile } from "./Tile";
import { Standing } from "./Standing";
import { Link } from "react-router";

const MOST = 200;

/** What the server has seen of upstreams, of one registry or of all. */
export function useHealth(registry: string) {
  return useQuery({
    // Asked again when upstreams change.
    queryKey: ["upstreams", registry, "health"],
    queryFn: () =>
      result(api.GET("/upstream-health", { params: { query: { limit: MOST, ...(registry ? { registry } : {}) } } })),
    refetchInterval: 15_000,
  });
}

/** Whether the upstreams answer: as numbers, and those that do not with the reason. */
export function Health() {
  const query = useHealth("");
  const all = query.data?.items ?? [];
  if (query.isSuccess && all.length === 0) {
    return null;
  }
  const failing = all.filter((one) => one.state === "fails");
  const answering = all.filter((one) => one.state === "answers").length;
  const first = failing[0] ?? all.find((one) => one.state === "answers") ?? all[0];
  const to = first ? `/registries/${first.registry}/upstreams` : "/registries";
  return (
    <section aria-label="Upstreams">
      <h2 className="part">Upstreams</h2>
      {query.isError && <Refused error={query.error} retry={() => void query.refetch()} />}
      {query.isSuccess && (
        <div className="stack">
          <div className="numbers">
            <Tile count={answering} label="answer" to={to} />
            <Tile count={failing.length} label="fail" to={to} />
            <Tile count={all.length - answering - failing.length} label="not asked since the server started" to={to} />
          </div>
          {failing.length > 0 && (
            <ul className="card list">
              {failing.map((one) => (
                <li key={`${one.registry} ${one.upstream}`}>
                  <Link className="row-name" to={`/registries/${one.registry}/upstreams`}>
                    {one.upstream} of {one.registry}
                  </Link>
                  <Standing one={one} />
                </li>
              ))}
            </ul>
          )}
        </div>
      )}
    </section>
  );
}
