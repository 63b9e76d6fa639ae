import { Button, Select, Textarea, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api, result, tagged } from "../api";
import { Decide, type Decision } from "../withheld/Decide";
import { Change } from "./Change";
import { at, Typed, type Of } from "./managing";

/** What can be done with one version of a package. */
export function ManageVersion({ registry, shown }: Of) {
  const [version, choose] = useState(shown.latest ?? shown.versions[0]?.version ?? "");
  const [doing, begin] = useState<"deprecate" | "unpublish" | "push" | "pull" | null>(null);
  const [deciding, decide] = useState<Decision | null>(null);
  const about = shown.versions.find((one) => one.version === version);
  const props = { registry, shown, version, close: () => begin(null) };
  return (
    <section className="card padded">
      <h2>A version</h2>
      <div className="tools">
        <Select
          className="choice"
          label="Version"
          data={shown.versions.map((one) => one.version)}
          value={version}
          allowDeselect={false}
          searchable
          limit={100}
          onChange={(to) => choose(to ?? "")}
        />
      </div>
      <div className="chips">
        {about?.hosted && (
          <Button variant="default" onClick={() => begin("deprecate")}>
            {about.deprecated === null ? "Deprecate" : "Change its deprecation"}
          </Button>
        )}
        {about?.cached && (
          <Button variant="default" onClick={() => begin("push")}>
            Push
          </Button>
        )}
        {about && !about.cached && (
          <Button variant="default" onClick={() => begin("pull")}>
            Pull
          </Button>
        )}
        {registry.mayManage && (
          <Button
            variant="default"
            onClick={() => decide({ state: "quarantined", name: shown.name, versions: [version], causes: [] })}
          >
            Quarantine
          </Button>
        )}
        {about?.hosted && (
          <Button variant="light" color="red" onClick={() => begin("unpublish")}>
            Unpublish
          </Button>
        )}
      </div>
      {doing === "deprecate" && <Deprecate {...props} before={about?.deprecated ?? ""} />}
      {doing === "unpublish" && <Unpublish {...props} />}
      {doing === "push" && <Push {...props} />}
      {doing === "pull" && <Pull {...props} />}
      {deciding && <Decide registry={registry} decision={deciding} close={() => decide(null)} />}
    </section>
  );
}

type One = Of & { version: string; close: () => void };

function Deprecate(props: One & { before: string }) {
  const [deprecated, setMessage] = useState(props.before);
  return (
    <Change
      registry={props.registry}
      close={props.close}
      title={`Deprecate ${props.version}`}
      verb={deprecated.trim() === "" ? "Deprecate it no longer" : "Deprecate"}
      ready={deprecated !== props.before}
      run={(header) =>
        result(
          api.PATCH("/registries/{registry}/packages/{name}/versions/{version}", {
            params: { path: { ...at(props), version: props.version }, header },
            body: { deprecated },
          }),
        )
      }
    >
      <Textarea
        label="Message"
        description="Whoever installs it reads this. Empty takes it back."
        autosize
        minRows={2}
        maxLength={4000}
        data-autofocus
        value={deprecated}
        onChange={(event) => setMessage(event.currentTarget.value)}
      />
    </Change>
  );
}

function Unpublish(props: One) {
  const [typed, setTyped] = useState("");
  const what = `${props.shown.name}@${props.version}`;
  return (
    <Change
      registry={props.registry}
      close={props.close}
      title={`Unpublish ${props.version}`}
      verb="Unpublish"
      danger
      ready={typed === what}
      run={(header) =>
        result(
          api.DELETE("/registries/{registry}/packages/{name}/versions/{version}", {
            params: { path: { ...at(props), version: props.version }, header },
          }),
        )
      }
    >
      <Typed what={what} value={typed} set={setTyped} />
    </Change>
  );
}

function Push(props: One) {
  const { registry } = props;
  const [upstream, setUpstream] = useState<string | null>(null);
  const [as, setAs] = useState("");
  const [tag, setTag] = useState("latest");
  const upstreams = useQuery({
    queryKey: ["upstreams", registry.name],
    queryFn: () =>
      tagged(api.GET("/registries/{registry}/upstreams", { params: { path: { registry: registry.name } } })),
  });
  const accepting = (upstreams.data?.value.items ?? []).filter((one) => one.pushes).map((one) => one.name);
  return (
    <Change
      registry={registry}
      close={props.close}
      title={`Push ${props.version}`}
      verb="Push"
      ready={upstream !== null && tag.trim() !== ""}
      run={(header) =>
        result(
          api.POST("/registries/{registry}/packages/{name}/versions/{version}/push", {
            params: { path: { ...at(props), version: props.version }, header },
            body: { upstream: upstream ?? "", tags: [tag.trim()], ...(as.trim() === "" ? {} : { as: as.trim() }) },
          }),
        )
      }
    >
      <Select
        label="To"
        description={
          accepting.length === 0 && !upstreams.isPending
            ? "No upstream of this registry accepts pushes: whoever manages it adds one that does."
            : "The upstreams that accept pushes."
        }
        data={accepting}
        value={upstream}
        onChange={setUpstream}
      />
      <TextInput label="Tag" value={tag} onChange={(event) => setTag(event.currentTarget.value)} />
      <TextInput
        label="Under another number"
        description="Empty: the same bytes. Else its package.json says another version there."
        placeholder="1.2.3"
        value={as}
        onChange={(event) => setAs(event.currentTarget.value)}
      />
    </Change>
  );
}

function Pull(props: One) {
  return (
    <Change
      registry={props.registry}
      close={props.close}
      title={`Pull ${props.version}`}
      verb="Pull"
      ready
      run={() =>
        result(
          api.POST("/registries/{registry}/packages/{name}/versions/{version}/pull", {
            params: { path: { ...at(props), version: props.version } },
            body: {},
          }),
        )
      }
    >
      <span className="quiet">Its bytes are brought into the store, and stay if the upstream goes.</span>
    </Change>
  );
}
