import { useQuery } from "@tanstack/react-query";
import { api, result } from "../api";
import { Refused, Waiting } from "../parts/States";
import { Chart } from "./Chart";
import { Tile } from "./Tile";
import { requests, share, size, sum, type Days } from "./traffic";

const EVERY = 15_000;

/** What registries answered; the server writes it every few seconds. */
export function useTraffic(days: Days, registry: string) {
  return useQuery({
    queryKey: ["traffic", days, registry],
    queryFn: () => result(api.GET("/traffic", { params: { query: { days, ...(registry ? { registry } : {}) } } })),
    refetchInterval: EVERY,
  });
}

/** How many requests there were, and how many of them needed no upstream. */
export function Traffic() {
  const query = useTraffic("1", "");
  return (
    <section aria-label="Traffic in the last day">
      <h2 className="part">Traffic in the last day</h2>
      {query.isPending && <Waiting what="the traffic" />}
      {query.isError && <Refused error={query.error} retry={() => void query.refetch()} />}
      {query.isSuccess && (
        <div className="stack">
          <Numbers all={sum(query.data.points)} to="/traffic" />
          <div className="card padded">
            <Chart traffic={query.data} />
          </div>
        </div>
      )}
    </section>
  );
}

/** The numbers of some time, each of which leads to `to`. */
export function Numbers({ all, to }: { all: ReturnType<typeof sum>; to: string }) {
  return (
    <div className="numbers">
      <Tile count={requests(all)} label="requests for documents and tarballs" to={to} />
      <Tile count={share(all)} label="of what was served came from here" to={to} />
      <Tile count={all.misses} label="waited for an upstream" to={to} />
      <Tile count={all.refused} label="for what there is not, or is withheld" to={to} />
      <Tile count={all.failed} label="failed" to={to} />
      <Tile count={size(all.bytes)} label="sent" to={to} />
    </div>
  );
}
