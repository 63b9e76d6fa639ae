import { Link } from "react-router";
import type { Schemas } from "../api";
import { Search, useFilters } from "../parts/filters";
import { Empty } from "../parts/States";
import { Decisions } from "../withheld/Decisions";
import { Lately } from "../withheld/Lately";
import { Ledger } from "../withheld/Ledger";
import { Waivers } from "../withheld/Waivers";

/** What a registry withholds and why, and what people decide about it. */
export function Withheld({ registry }: { registry: Schemas["Registry"] }) {
  const filters = useFilters();
  const name = filters.get("package").trim();
  return (
    <div className="stack">
      <div className="tools">
        <Search filters={filters} name="package" label="Package" hint="Its whole name, to see what is withheld of it" />
        {name && <Search filters={filters} name="version" label="Version" hint="A part of it" />}
      </div>
      {filters.get("since") && !name && <Lately registry={registry} />}
      {name ? (
        <Ledger registry={registry} name={name} version={filters.get("version").trim()} />
      ) : (
        <div className="card">
          <Empty title="Which package?">
            Every version that exists is served or withheld; the ledger of a package says which, and why.{" "}
            <Link to="?since=day">What was newly withheld in the last day</Link>
          </Empty>
        </div>
      )}
      <Waivers registry={registry} filters={filters} />
      <Decisions registry={registry} />
    </div>
  );
}
