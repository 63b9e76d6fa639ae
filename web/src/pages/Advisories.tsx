import { Alert } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import { api, result, type Schemas } from "../api";
import { Ago } from "../parts/Ago";
import { Severity } from "../parts/badges";
import { Search, useFilters } from "../parts/filters";
import { Empty, Refused, Waiting } from "../parts/States";
import { useTitle } from "../parts/useTitle";
import { Away } from "../parts/Words";

const ID = /^(GHSA|CVE|MAL|OSV|PYSEC|TEAM)-/i;

/** What is known to be dangerous, and what of it is here. */
export function Page() {
  useTitle("Advisories");
  const filters = useFilters();
  const [wanted] = useDebouncedValue(filters.get("search").trim(), 300);
  return (
    <>
      <div className="head">
        <h1>Advisories</h1>
      </div>
      <div className="tools">
        <Search filters={filters} label="Package or id" hint="A package's whole name, or GHSA-…, MAL-…" />
      </div>
      {wanted ? (
        <Found wanted={wanted} />
      ) : (
        <div className="card">
          <Empty title="Which package?">Name a package, or an advisory by its id, to see what is known and what of it is here.</Empty>
        </div>
      )}
    </>
  );
}

function Found({ wanted }: { wanted: string }) {
  const query = useQuery({
    queryKey: ["advisories", wanted],
    queryFn: () =>
      result(api.GET("/advisories", { params: { query: ID.test(wanted) ? { id: wanted } : { package: wanted } } })),
  });
  if (query.isPending) {
    return <Waiting what="what is known" />;
  }
  if (query.isError) {
    return <Refused error={query.error} />;
  }
  const { items, imported } = query.data;
  return (
    <div className="stack">
      {!imported && (
        <Alert color="orange" title="No feed was imported yet">
          Nothing is known but what was written by hand: an operator imports feeds by ./gatehouse advisories.
        </Alert>
      )}
      {items.length === 0 && (
        <div className="card">
          <Empty title="Nothing is known of that">Ids are looked for as the feed writes them, packages by their whole name.</Empty>
        </div>
      )}
      {items.map((one) => (
        <Advisory key={`${one.feed} ${one.id} ${one.name}`} one={one} />
      ))}
    </div>
  );
}

function Advisory({ one }: { one: Schemas["Advisory"] }) {
  return (
    <section className="card padded" aria-label={one.id}>
      <div className="between">
        <h2>
          <Away href={one.url}>{one.id}</Away> {one.kind} in {one.name}
        </h2>
        <Severity severity={one.severity} />
      </div>
      <p className="words">{one.summary}</p>
      <dl className="facts">
        <dt>Versions</dt>
        <dd>{one.range}</dd>
        <dt>Free of it</dt>
        <dd>{one.fixes.length > 0 ? one.fixes.join(", ") : "none is named"}</dd>
        {one.aliases.length > 0 && (
          <>
            <dt>Also called</dt>
            <dd>{one.aliases.join(", ")}</dd>
          </>
        )}
        {one.score !== null && (
          <>
            <dt>CVSS</dt>
            <dd>{one.score}</dd>
          </>
        )}
        <dt>Said by</dt>
        <dd>
          {one.feed}, <Ago at={one.modified ?? one.published} never="some time ago" />
        </dd>
        <dt>Here</dt>
        <dd>
          {one.here.length === 0
            ? "in no registry"
            : one.here.map((place) => (
                <div key={`${place.registry} ${place.version}`}>
                  <Link to={`/registries/${place.registry}/package/${one.name}`}>
                    {place.version} in {place.registry}
                  </Link>
                </div>
              ))}
        </dd>
      </dl>
      <Link to={`/issues?status=all&package=${encodeURIComponent(one.name)}`}>Its issues, and who has it</Link>
    </section>
  );
}
