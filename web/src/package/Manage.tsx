import { Button, Select, Textarea, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useNavigate } from "react-router";
import { api, result, tagged, type Schemas } from "../api";
import { Decide, type Decision } from "../withheld/Decide";
import { Change, type Code } from "./Change";

type Registry = Schemas["Registry"];
type Package = Schemas["Package"];
type Of = { registry: Registry; shown: Package };

/** What can be done with a package and its versions. */
export function Manage(of: Of) {
  return (
    <div className="stack">
      <Versions {...of} />
      <Tags {...of} />
      {of.shown.revision !== null && <Owners {...of} />}
      {of.shown.revision !== null && <Whole {...of} />}
    </div>
  );
}

const at = ({ registry, shown }: Of) => ({ registry: registry.name, name: shown.name });

function Versions({ registry, shown }: Of) {
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

/** What is to be typed before something goes that does not come back. */
function Typed(props: { what: string; value: string; set: (value: string) => void }) {
  return (
    <TextInput
      label={`Type ${props.what}`}
      description="Whoever depends on it can install it no longer, and its number stays taken."
      autoComplete="off"
      data-autofocus
      value={props.value}
      onChange={(event) => props.set(event.currentTarget.value)}
    />
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

function Tags(of: Of) {
  const { registry, shown } = of;
  const [setting, set] = useState(false);
  const [removing, remove] = useState<string | null>(null);
  const [tag, setTag] = useState("");
  const [version, setVersion] = useState<string | null>(shown.latest);
  return (
    <section className="card padded">
      <h2>Tags</h2>
      <ul className="plain">
        {Object.entries(shown.tags).map(([one, target]) => (
          <li key={one} className="between">
            <span>
              <b>{one}</b> {target}
            </span>
            {one !== "latest" && (
              <Button size="compact-xs" variant="default" aria-label={`Remove the tag ${one}`} onClick={() => remove(one)}>
                Remove
              </Button>
            )}
          </li>
        ))}
      </ul>
      <Button variant="default" onClick={() => set(true)}>
        Set a tag
      </Button>
      {setting && (
        <Change
          registry={registry}
          close={() => set(false)}
          title="Set a tag"
          verb="Set"
          ready={tag.trim() !== "" && version !== null}
          run={(header) =>
            result(
              api.PUT("/registries/{registry}/packages/{name}/tags/{tag}", {
                params: { path: { ...at(of), tag: tag.trim() }, header },
                body: { version: version ?? "" },
              }),
            )
          }
        >
          <TextInput label="Tag" data-autofocus value={tag} onChange={(event) => setTag(event.currentTarget.value)} />
          <Select
            label="It names"
            data={shown.versions.filter((one) => one.withheld === null).map((one) => one.version)}
            value={version}
            searchable
            limit={100}
            onChange={setVersion}
          />
        </Change>
      )}
      {removing !== null && (
        <Change
          registry={registry}
          close={() => remove(null)}
          title={`Remove the tag ${removing}`}
          verb="Remove"
          danger
          ready
          run={(header) =>
            result(
              api.DELETE("/registries/{registry}/packages/{name}/tags/{tag}", {
                params: { path: { ...at(of), tag: removing }, header },
              }),
            )
          }
        />
      )}
    </section>
  );
}

function Owners(of: Of) {
  const { registry, shown } = of;
  const [doing, begin] = useState<{ what: "add" | "transfer" | "remove"; user: string } | null>(null);
  const user = doing?.user ?? "";
  const run = async (header: Code) => {
    const path = at(of);
    switch (doing?.what) {
      case "add":
        return result(
          api.POST("/registries/{registry}/packages/{name}/owners", { params: { path, header }, body: { user } }),
        );
      case "transfer":
        return result(
          api.PUT("/registries/{registry}/packages/{name}/owners", {
            params: { path, header },
            body: { owners: [user], revision: shown.revision ?? "" },
          }),
        );
      default:
        return result(
          api.DELETE("/registries/{registry}/packages/{name}/owners/{user}", {
            params: { path: { ...path, user }, header },
          }),
        );
    }
  };
  return (
    <section className="card padded">
      <h2>Owners</h2>
      <ul className="plain">
        {shown.owners.map((one) => (
          <li key={one} className="between">
            <span>{one}</span>
            {shown.owners.length > 1 && (
              <Button
                size="compact-xs"
                variant="default"
                aria-label={`Remove the owner ${one}`}
                onClick={() => begin({ what: "remove", user: one })}
              >
                Remove
              </Button>
            )}
          </li>
        ))}
      </ul>
      <div className="chips">
        <Button variant="default" onClick={() => begin({ what: "add", user: "" })}>
          Add an owner
        </Button>
        <Button variant="default" onClick={() => begin({ what: "transfer", user: "" })}>
          Transfer
        </Button>
      </div>
      {doing && (
        <Change
          registry={registry}
          close={() => begin(null)}
          title={
            doing.what === "add" ? "Add an owner" : doing.what === "transfer" ? `Transfer ${shown.name}` : `Remove the owner ${user}`
          }
          verb={doing.what === "add" ? "Add" : doing.what === "transfer" ? "Transfer" : "Remove"}
          danger={doing.what !== "add"}
          ready={user.trim() !== ""}
          run={run}
        >
          {doing.what !== "remove" && (
            <TextInput
              label="User name"
              description={doing.what === "transfer" ? "They are its only owner then." : undefined}
              data-autofocus
              value={user}
              onChange={(event) => begin({ ...doing, user: event.currentTarget.value })}
            />
          )}
        </Change>
      )}
    </section>
  );
}

function Whole(of: Of) {
  const { registry, shown } = of;
  const navigate = useNavigate();
  const [opened, open] = useState(false);
  const [typed, setTyped] = useState("");
  return (
    <section className="card padded">
      <h2>All of it</h2>
      <Button variant="light" color="red" onClick={() => open(true)}>
        Unpublish the package
      </Button>
      {opened && (
        <Change
          registry={registry}
          close={() => open(false)}
          done={() => void navigate(`/registries/${registry.name}`)}
          title={`Unpublish ${shown.name}`}
          verb="Unpublish all of it"
          danger
          ready={typed === shown.name}
          run={(header) =>
            result(
              api.DELETE("/registries/{registry}/packages/{name}", {
                params: { path: at(of), query: { revision: shown.revision ?? "" }, header },
              }),
            )
          }
        >
          <Typed what={shown.name} value={typed} set={setTyped} />
        </Change>
      )}
    </section>
  );
}
