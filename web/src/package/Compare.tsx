import { Alert, Badge, Button, Select, Table } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api, result, type Schemas } from "../api";
import { given, useFilters } from "../parts/filters";
import { Empty, Refused, Waiting } from "../parts/States";
import { bytes, plain } from "./text";

type Comparison = Schemas["Comparison"];
type FileChange = Schemas["FileChange"];

/** Where a version is compared with the one before it that is in the store. */
export const compareAt = (after: string) => `?${new URLSearchParams({ tab: "compare", after })}`;

interface Pair {
  registry: string;
  name: string;
  before: string;
  after: string;
}

/** What differs between two versions. */
export function Compare({ registry, shown }: { registry: string; shown: Schemas["Package"] }) {
  const filters = useFilters();
  // Newest first.
  const stored = shown.versions.filter((one) => one.cached).map((one) => one.version);
  const after = filters.get("after") || stored[0];
  const place = after === undefined ? -1 : stored.indexOf(after);
  const before = filters.get("before") || stored[place + 1];
  if (after === undefined || (before === undefined && stored.length < 2)) {
    return (
      <div className="card">
        <Empty title="There are no two versions in the store">Install or pull another one, then compare them.</Empty>
      </div>
    );
  }
  const choices = (one: string | undefined) => (one === undefined || stored.includes(one) ? stored : [one, ...stored]);
  const choice = (label: string, name: string, value: string | undefined) => (
    <Select
      className="choice"
      label={label}
      data={choices(value)}
      value={value ?? null}
      allowDeselect={false}
      searchable
      limit={100}
      onChange={(to) => filters.set(name, to ?? "")}
    />
  );
  return (
    <>
      <div className="tools">
        {choice("From", "before", before)}
        {choice("To", "after", after)}
      </div>
      {before !== undefined && (
        <Differences key={`${before} ${after}`} registry={registry} name={shown.name} before={before} after={after} />
      )}
    </>
  );
}

function Differences(pair: Pair) {
  const { registry, name, before, after } = pair;
  const query = useQuery({
    queryKey: ["comparison", registry, name, before, after],
    queryFn: () =>
      result(
        api.GET("/registries/{registry}/packages/{name}/compare", {
          params: { path: { registry, name }, query: { before, after } },
        }),
      ),
  });
  if (query.isPending) {
    return <Waiting what="what differs" />;
  }
  if (query.isError) {
    return <Refused error={query.error} retry={() => void query.refetch()} />;
  }
  const found = query.data;
  return (
    <div className="stack">
      {found.faults.map((fault) => (
        <Alert key={fault} color="red" title="A tarball is not what clients expect">
          {fault} What lies behind it is not compared.
        </Alert>
      ))}
      <Values title="Scripts" rows={found.scripts} />
      <Values
        title="Dependencies"
        rows={found.dependencies.map((one) => ({ ...one, name: `${one.name} (${one.kind})` }))}
      />
      <Values title="Other fields of package.json" rows={found.fields} />
      <Files pair={pair} found={found} />
    </div>
  );
}

function Values({ title, rows }: { title: string; rows: Comparison["fields"] }) {
  return (
    <section className="card">
      <h2 className="card-head">{title}</h2>
      {rows.length === 0 ? (
        <p className="card-text quiet">The same in both.</p>
      ) : (
        <div className="scroll">
          <Table aria-label={title}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th scope="col">Name</Table.Th>
                <Table.Th scope="col">Before</Table.Th>
                <Table.Th scope="col">After</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {rows.map((one, i) => (
                <Table.Tr key={i}>
                  <Table.Td className="row-name">{plain(one.name)}</Table.Td>
                  <Table.Td className="words">
                    <Value text={one.before} />
                  </Table.Td>
                  <Table.Td className="words">
                    <Value text={one.after} />
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </div>
      )}
    </section>
  );
}

function Value({ text }: { text: string | null }) {
  return text === null ? <span className="quiet">none</span> : <>{plain(text)}</>;
}

function Files({ pair, found }: { pair: Pair; found: Comparison }) {
  return (
    <section className="card">
      <h2 className="card-head">Files</h2>
      {found.files.length === 0 ? (
        <p className="card-text quiet">The same in both.</p>
      ) : (
        <ul className="list">
          {found.files.map((one) => (
            <File key={(one.after ?? one.before)?.path} pair={pair} change={one} />
          ))}
        </ul>
      )}
      {(found.fileCount > found.files.length || found.cut) && (
        <p className="card-foot quiet">
          {found.fileCount > found.files.length && `The first ${found.files.length} of ${found.fileCount} that differ. `}
          {found.cut && "There are more files than are compared: of those behind the first 10,000 nothing is known here."}
        </p>
      )}
    </section>
  );
}

function File({ pair, change }: { pair: Pair; change: FileChange }) {
  const [open, setOpen] = useState(false);
  const { before, after } = change;
  const path = (after ?? before)?.path ?? "";
  const [word, color] = before === null ? ["added", "green"] : after === null ? ["removed", "red"] : ["changed", "yellow"];
  return (
    <li>
      <div className="between">
        <span>
          <span className="row-name">{path}</span>{" "}
          <Badge variant="light" color={color}>
            {word}
          </Badge>
        </span>
        <span className="chips">
          <span className="quiet">
            {before !== null && bytes(before.size)}
            {before !== null && after !== null && " → "}
            {after !== null && bytes(after.size)}
            {before !== null && after !== null && before.mode !== after.mode && `, mode ${before.mode} → ${after.mode}`}
          </span>
          <Button
            size="compact-xs"
            variant="default"
            aria-expanded={open}
            aria-label={`${open ? "Hide" : "Show"} what differs in ${path}`}
            onClick={() => setOpen(!open)}
          >
            {open ? "Hide" : "Show"}
          </Button>
        </span>
      </div>
      {open && <Difference pair={pair} change={change} path={path} />}
    </li>
  );
}

const SIGNS = { same: " ", removed: "-", added: "+" } as const;

function Difference({ pair, change, path }: { pair: Pair; change: FileChange; path: string }) {
  const { registry, name, before, after } = pair;
  const numbers = given({ beforeFile: change.before?.number, afterFile: change.after?.number });
  const query = useQuery({
    queryKey: ["difference", registry, name, before, after, numbers],
    queryFn: () =>
      result(
        api.GET("/registries/{registry}/packages/{name}/compare/text", {
          params: { path: { registry, name }, query: { before, after, ...numbers } },
        }),
      ),
  });
  if (query.isPending) {
    return <Waiting what={path} />;
  }
  if (query.isError) {
    return <Refused error={query.error} retry={() => void query.refetch()} />;
  }
  const { text, hunks, cut } = query.data;
  if (!text) {
    return <p className="quiet">It is no text.</p>;
  }
  return (
    <>
      <pre className="source" tabIndex={0} role="group" aria-label={`What differs in ${path}`}>
        {hunks.map((hunk, i) => (
          <span key={i}>
            <span className="hunk">{`@@ -${hunk.before} +${hunk.after} @@`}</span>
            {hunk.lines.map((line, j) => (
              <span key={j} className={line.kind}>{`${SIGNS[line.kind]} ${plain(line.text)}`}</span>
            ))}
          </span>
        ))}
        {hunks.length === 0 && "No line differs."}
      </pre>
      {cut && <p className="quiet">The rest is not shown.</p>}
    </>
  );
}
