import { Button, Select, TextInput } from "@mantine/core";
import { useState } from "react";
import { useNavigate } from "react-router";
import { api, result } from "../api";
import { Change, type Code } from "./Change";
import { at, Typed, type Of } from "./managing";
import { ManageVersion } from "./ManageVersion";
import { TeamOwners } from "./TeamOwners";

/** What can be done with a package and its versions. */
export function Manage(of: Of) {
  return (
    <div className="stack">
      <ManageVersion {...of} />
      <Tags {...of} />
      {of.shown.revision !== null && <Owners {...of} />}
      {of.shown.revision !== null && <TeamOwners {...of} />}
      {of.shown.revision !== null && <Whole {...of} />}
    </div>
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
