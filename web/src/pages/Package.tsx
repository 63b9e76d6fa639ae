import { Alert, Badge, Table } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { Link, useParams } from "react-router";
import { api, result, type Schemas } from "../api";
import { Ago } from "../parts/Ago";
import { State, word } from "../parts/badges";
import { Command } from "../parts/Command";
import { render } from "../parts/markdown";
import { Empty, Refused, Waiting } from "../parts/States";
import { useTitle } from "../parts/useTitle";
import { useRegistry } from "../queries";

export function Page() {
  const { registry = "", "*": name = "" } = useParams();
  useTitle(name);
  const place = useRegistry(registry);
  const query = useQuery({
    queryKey: ["package", registry, name],
    queryFn: () =>
      result(
        api.GET("/registries/{registry}/packages/{name}", { params: { path: { registry, name } } }),
      ),
  });
  if (query.isPending) {
    return <Waiting what={name} />;
  }
  if (query.isError) {
    return <Refused error={query.error} retry={() => void query.refetch()} />;
  }
  const shown = query.data;
  return (
    <>
      <div className="head">
        <div>
          <Link className="crumb" to={`/registries/${registry}`}>
            {registry}
          </Link>
          <h1>{shown.name}</h1>
        </div>
        <div className="chips">
          {shown.latest !== null && <Badge variant="light">{shown.latest}</Badge>}
          {shown.hosted && (
            <Badge variant="light" color="teal">
              hosted
            </Badge>
          )}
        </div>
      </div>
      {shown.description && <p>{shown.description}</p>}
      {shown.stale !== null && (
        <Alert color="orange" title="Perhaps not the newest" mb="md">
          {shown.stale}
        </Alert>
      )}
      <div className="two">
        <div className="stack">
          <section className="card padded" aria-label="README">
            <Readme text={shown.readme} />
          </section>
          <Versions registry={registry} shown={shown} />
        </div>
        <aside className="stack">
          <section className="card padded">
            <h2>Install</h2>
            <Command label="Install" text={`npm install ${shown.name}`} />
            {place.data && (
              <span className="quiet">
                With this registry set up: <Link to={`/registries/${registry}/connect`}>More info</Link>.
              </span>
            )}
          </section>
          <Tags tags={shown.tags} />
          <About shown={shown} />
        </aside>
      </div>
    </>
  );
}

function Readme({ text }: { text: string }) {
  const html = useMemo(() => render(text), [text]);
  if (text.trim() === "") {
    return <Empty title="It has no README" />;
  }
  return <div className="readme" dangerouslySetInnerHTML={{ __html: html }} />;
}

function Versions({ registry, shown }: { registry: string; shown: Schemas["Package"] }) {
  const { versions, versionCount: total } = shown;
  return (
    <section className="card">
      <div className="scroll">
        <Table aria-label="Versions">
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">Version</Table.Th>
              <Table.Th scope="col">Published</Table.Th>
              <Table.Th scope="col" className="wide-only">
                Licence
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {versions.map((one) => (
              <Table.Tr key={one.version}>
                <Table.Td>
                  <span className="row-name">{one.version}</span>
                  <Badges version={one} why={`/registries/${registry}/withheld?${new URLSearchParams({ package: shown.name, version: one.version })}`} />
                  {one.deprecated !== null && <div className="quiet">{one.deprecated}</div>}
                  {one.withheld?.reasons.map((reason) => (
                    <div key={reason.cause} className="quiet">
                      {reason.sentence}
                    </div>
                  ))}
                </Table.Td>
                <Table.Td>
                  <Ago at={one.published} never="" />
                </Table.Td>
                <Table.Td className="wide-only">{one.licence}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </div>
      {total > versions.length && (
        <div className="card-foot quiet">
          The newest {versions.length} of {total}
        </div>
      )}
    </section>
  );
}

function Badges({ version, why }: { version: Schemas["Version"]; why: string }) {
  return (
    <div className="chips">
      {version.withheld && (
        <Link to={why} aria-label={`${word(version.withheld.verdict)}: why ${version.version} is withheld`}>
          <State state={version.withheld.verdict} />
        </Link>
      )}
      {version.hosted ? (
        <Badge variant="light" color="teal">
          hosted
        </Badge>
      ) : (
        version.cached && (
          <Badge variant="light" color="gray">
            cached
          </Badge>
        )
      )}
      {version.deprecated !== null && (
        <Badge variant="light" color="orange">
          deprecated
        </Badge>
      )}
      {version.installScript && (
        <Badge variant="light" color="yellow">
          install script
        </Badge>
      )}
    </div>
  );
}

function Tags({ tags }: { tags: Record<string, string> }) {
  const all = Object.entries(tags);
  return all.length === 0 ? null : (
    <section className="card padded">
      <h2>Tags</h2>
      <ul className="plain">
        {all.map(([tag, version]) => (
          <li key={tag}>
            <b>{tag}</b> {version}
          </li>
        ))}
      </ul>
    </section>
  );
}

const LINKS: Record<string, string> = {
  homepage: "Homepage",
  repository: "Repository",
  bugs: "Bugs",
};

function About({ shown }: { shown: Schemas["Package"] }) {
  const links = Object.entries(shown.links).filter(([, url]) => /^https?:\/\//.test(url));
  if (links.length + shown.maintainers.length + shown.keywords.length === 0) {
    return null;
  }
  return (
    <section className="card padded">
      <h2>About</h2>
      <ul className="plain">
        {links.map(([kind, url]) => (
          <li key={kind}>
            <a href={url} target="_blank" rel="noopener noreferrer nofollow ugc" title={url}>
              {LINKS[kind] ?? kind}
            </a>
          </li>
        ))}
        {shown.maintainers.length > 0 && <li>Maintained by {shown.maintainers.join(", ")}</li>}
      </ul>
      <div className="chips">
        {shown.keywords.map((word) => (
          <Badge key={word} variant="light" color="gray" tt="none">
            {word}
          </Badge>
        ))}
      </div>
    </section>
  );
}
