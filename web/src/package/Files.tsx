import { Alert, Badge, Select, Table } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import { api, result, type Schemas } from "../api";
import { Search, useFilters } from "../parts/filters";
import { Empty, Refused, Waiting } from "../parts/States";
import { bytes, plain } from "./text";

const MOST_SHOWN = 500;

/** Where the files of a version are shown, or one of them. */
export function filesAt(version: string, file?: number): string {
  const at = new URLSearchParams({ tab: "files", version });
  if (file !== undefined) {
    at.set("file", String(file));
  }
  return `?${at}`;
}

/** The files in the tarball of a version, and the text of one. */
export function Files({ registry, shown }: { registry: string; shown: Schemas["Package"] }) {
  const filters = useFilters();
  const stored = shown.versions.filter((one) => one.cached).map((one) => one.version);
  const newest = shown.latest !== null && stored.includes(shown.latest) ? shown.latest : stored[0];
  const version = filters.get("version") || newest;
  const file = filters.get("file");
  if (version === undefined) {
    return (
      <div className="card">
        <Empty title="None of its versions is in the store">Install one, then look again.</Empty>
      </div>
    );
  }
  return (
    <>
      <div className="tools">
        <Select
          className="choice"
          label="Version"
          data={stored.includes(version) ? stored : [version, ...stored]}
          value={version}
          allowDeselect={false}
          searchable
          limit={100}
          onChange={(to) => {
            filters.set("file", "");
            filters.set("version", to ?? "");
          }}
        />
        {file === "" && <Search filters={filters} name="path" label="Path" hint="A part of it" />}
      </div>
      {file === "" ? (
        <Listing key={version} registry={registry} name={shown.name} version={version} part={filters.get("path")} />
      ) : (
        <Text registry={registry} name={shown.name} version={version} file={Number(file)} />
      )}
    </>
  );
}

interface Of {
  registry: string;
  name: string;
  version: string;
}

function Listing({ registry, name, version, part }: Of & { part: string }) {
  const query = useQuery({
    queryKey: ["files", registry, name, version],
    queryFn: () =>
      result(
        api.GET("/registries/{registry}/packages/{name}/versions/{version}/files", {
          params: { path: { registry, name, version } },
        }),
      ),
  });
  if (query.isPending) {
    return <Waiting what={`the files of ${version}`} />;
  }
  if (query.isError) {
    return <Refused error={query.error} retry={() => void query.refetch()} />;
  }
  const { files, count, unpackedBytes, fault } = query.data;
  const rows = files.filter((one) => one.path.toLowerCase().includes(part.toLowerCase()));
  return (
    <>
      {fault !== null && (
        <Alert color="red" title="The tarball is not what clients expect" mb="md">
          {fault} What lies behind it is not listed.
        </Alert>
      )}
      <section className="card">
        <div className="scroll">
          <Table aria-label={`Files of ${version}`}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th scope="col">Path</Table.Th>
                <Table.Th scope="col">Size</Table.Th>
                <Table.Th scope="col" className="wide-only">
                  Mode
                </Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {rows.slice(0, MOST_SHOWN).map((one) => (
                <Table.Tr key={one.number}>
                  <Table.Td>
                    <Link className="row-name" to={filesAt(version, one.number)}>
                      {one.path}
                    </Link>{" "}
                    {one.licence && (
                      <Badge variant="light" color="teal">
                        licence
                      </Badge>
                    )}
                  </Table.Td>
                  <Table.Td className="nowrap">{bytes(one.size)}</Table.Td>
                  <Table.Td className="wide-only">{one.mode}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </div>
        <div className="card-foot quiet">
          {count} files, {bytes(unpackedBytes)} unpacked
          {rows.length > MOST_SHOWN && `; the first ${MOST_SHOWN} of ${rows.length} are shown: name a part of the path`}
          {files.length < count && `; the first ${files.length} can be looked at`}
        </div>
      </section>
    </>
  );
}

function Text({ registry, name, version, file }: Of & { file: number }) {
  const query = useQuery({
    queryKey: ["file", registry, name, version, file],
    queryFn: () =>
      result(
        api.GET("/registries/{registry}/packages/{name}/versions/{version}/files/{file}", {
          params: { path: { registry, name, version, file } },
        }),
      ),
  });
  const back = (
    <p>
      <Link to={filesAt(version)}>All files of {version}</Link>
    </p>
  );
  if (query.isPending) {
    return <Waiting what="the file" />;
  }
  if (query.isError) {
    return (
      <>
        {back}
        <Refused error={query.error} retry={() => void query.refetch()} />
      </>
    );
  }
  const { file: about, text, cut } = query.data;
  return (
    <>
      {back}
      <section className="card" aria-label={about.path}>
        <h2 className="card-head words">{about.path}</h2>
        <p className="card-text quiet words">
          {bytes(about.size)}, mode {about.mode}, sha256 {about.sha256}
        </p>
        {text === null ? (
          <Empty title="It is no text" />
        ) : (
          <pre className="source" tabIndex={0} role="group" aria-label={`Text of ${about.path}`}>
            {plain(text)}
          </pre>
        )}
        {cut && <div className="card-foot quiet">The rest is not shown.</div>}
      </section>
    </>
  );
}
