import { Badge, Tabs } from "@mantine/core";
import { Link, useNavigate, useParams } from "react-router";
import { Refused, Waiting } from "../parts/States";
import { TabRow } from "../parts/TabRow";
import { useTitle } from "../parts/useTitle";
import { useRegistry } from "../queries";
import { Access } from "../registry/Access";
import { Connect } from "../registry/Connect";
import { Packages } from "../registry/Packages";
import { Policies } from "../registry/Policies";
import { Upstreams } from "../registry/Upstreams";
import { Withheld } from "../registry/Withheld";

const TABS = [
  ["packages", "Packages"],
  ["upstreams", "Upstreams"],
  ["policies", "Policies"],
  ["withheld", "Withheld"],
  ["access", "Access"],
  ["connect", "More info"],
] as const;

export function Page() {
  const { registry = "", tab } = useParams();
  const navigate = useNavigate();
  const query = useRegistry(registry);
  const current = TABS.find(([name]) => name === tab)?.[0] ?? "packages";
  useTitle(registry);
  if (query.isPending) {
    return <Waiting what={`the registry ${registry}`} />;
  }
  if (query.isError) {
    return <Refused error={query.error} retry={() => void query.refetch()} />;
  }
  const { value, tag } = query.data;
  return (
    <>
      <div className="head">
        <div>
          <Link className="crumb" to="/registries">
            Registries
          </Link>
          <h1>{value.name}</h1>
        </div>
        <div className="chips">
          {value.kind === "firewall" && <Badge variant="light">firewall</Badge>}
          {value.archived && (
            <Badge variant="light" color="gray">
              archived
            </Badge>
          )}
        </div>
      </div>
      <Tabs
        value={current}
        onChange={(name) => void navigate(`/registries/${registry}/${name ?? ""}`)}
        keepMounted={false}
      >
        <TabRow tabs={TABS} current={current} />
        <Tabs.Panel value="packages" pt="md">
          <Packages registry={value} />
        </Tabs.Panel>
        <Tabs.Panel value="upstreams" pt="md">
          <Upstreams registry={value} />
        </Tabs.Panel>
        <Tabs.Panel value="policies" pt="md">
          <Policies registry={value} />
        </Tabs.Panel>
        <Tabs.Panel value="withheld" pt="md">
          <Withheld registry={value} />
        </Tabs.Panel>
        <Tabs.Panel value="access" pt="md">
          <Access registry={value} tag={tag} />
        </Tabs.Panel>
        <Tabs.Panel value="connect" pt="md">
          <Connect registry={value} />
        </Tabs.Panel>
      </Tabs>
    </>
  );
}
