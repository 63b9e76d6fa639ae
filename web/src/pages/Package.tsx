import { Alert, Badge, Tabs } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { Link, useNavigate, useParams, useSearchParams } from "react-router";
import { api, result, type Schemas } from "../api";
import { Compare } from "../package/Compare";
import { Dependencies } from "../package/Dependencies";
import { Dependents } from "../package/Dependents";
import { Downloads } from "../package/Downloads";
import { Files } from "../package/Files";
import { Manage } from "../package/Manage";
import { Versions } from "../package/Versions";
import { Command } from "../parts/Command";
import { render } from "../parts/markdown";
import { Empty, Refused, Waiting } from "../parts/States";
import { TabRow } from "../parts/TabRow";
import { useTitle } from "../parts/useTitle";
import { useRegistry } from "../queries";

const TABS = [
  ["overview", "Overview"],
  ["dependencies", "Dependencies"],
  ["dependents", "Dependents"],
  ["files", "Files"],
  ["compare", "Compare"],
  ["downloads", "Downloads"],
  ["manage", "Manage"],
] as const;

export function Page() {
  const { registry = "", "*": name = "" } = useParams();
  useTitle(name);
  const place = useRegistry(registry);
  const mayChange = place.data?.value.mayPublish === true && !place.data.value.archived;
  const navigate = useNavigate();
  const [params] = useSearchParams();
  const tab = TABS.find(([one]) => one === params.get("tab"))?.[0] ?? "overview";
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
      <Tabs
        value={tab}
        onChange={(to) => void navigate(to === "overview" ? "?" : `?tab=${to ?? ""}`)}
        keepMounted={false}
      >
        <TabRow tabs={TABS.filter(([value]) => value !== "manage" || mayChange)} current={tab} />
        <Tabs.Panel value="overview" pt="md">
          <Overview registry={registry} shown={shown} />
        </Tabs.Panel>
        <Tabs.Panel value="dependencies" pt="md">
          <Dependencies registry={registry} shown={shown} />
        </Tabs.Panel>
        <Tabs.Panel value="dependents" pt="md">
          <Dependents registry={registry} name={shown.name} />
        </Tabs.Panel>
        <Tabs.Panel value="files" pt="md">
          <Files registry={registry} shown={shown} />
        </Tabs.Panel>
        <Tabs.Panel value="compare" pt="md">
          <Compare registry={registry} shown={shown} />
        </Tabs.Panel>
        <Tabs.Panel value="downloads" pt="md">
          <Downloads registry={registry} name={shown.name} />
        </Tabs.Panel>
        {place.data && mayChange && (
          <Tabs.Panel value="manage" pt="md">
            <Manage registry={place.data.value} shown={shown} />
          </Tabs.Panel>
        )}
      </Tabs>
    </>
  );
}

function Overview({ registry, shown }: { registry: string; shown: Schemas["Package"] }) {
  const place = useRegistry(registry);
  return (
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
  );
}

function Readme({ text }: { text: string }) {
  const html = useMemo(() => render(text), [text]);
  if (text.trim() === "") {
    return <Empty title="It has no README" />;
  }
  return <div className="readme" dangerouslySetInnerHTML={{ __html: html }} />;
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
