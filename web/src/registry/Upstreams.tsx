import { Badge, Button, Checkbox, Drawer, PasswordInput, Radio, Select, TextInput } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "react-router";
import { api, result, tagged, type Schemas } from "../api";
import { useHealth } from "../overview/Health";
import { Standing } from "../overview/Standing";
import { Empty, Refused, Waiting } from "../parts/States";
import { registryChanged } from "../queries";

/** Where the packages of a registry come from, in order. */
export function Upstreams({ registry }: { registry: Schemas["Registry"] }) {
  const [adding, drawer] = useDisclosure(false);
  const [dragged, drag] = useState<string | null>(null);
  const [above, hover] = useState<string | null>(null);
  const list = useQuery({
    queryKey: ["upstreams", registry.name],
    queryFn: () =>
      tagged(
        api.GET("/registries/{registry}/upstreams", {
          params: { path: { registry: registry.name } },
        }),
      ),
  });
  const health = useHealth(registry.name);
  const tag = list.data?.tag ?? "";
  const move = useMutation({
    mutationFn: ({ upstream, position }: { upstream: string; position: number }) =>
      result(
        api.PATCH("/registries/{registry}/upstreams/{upstream}", {
          params: { path: { registry: registry.name, upstream }, header: { "If-Match": tag } },
          body: { position },
        }),
      ),
    onSettled: registryChanged,
  });
  const remove = useMutation({
    mutationFn: (upstream: string) =>
      result(
        api.DELETE("/registries/{registry}/upstreams/{upstream}", {
          params: { path: { registry: registry.name, upstream }, header: { "If-Match": tag } },
        }),
      ),
    onSettled: registryChanged,
  });
  if (list.isPending) {
    return <Waiting what="the upstreams" />;
  }
  if (list.isError) {
    return <Refused error={list.error} retry={() => void list.refetch()} />;
  }
  const items = list.data.value.items;
  const failure = move.error ?? remove.error;
  const drop = (position: number) => {
    if (dragged !== null && items[position - 1]?.name !== dragged) {
      move.mutate({ upstream: dragged, position });
    }
  };
  return (
    <div className="stack">
      <div className="between">
        <span className="quiet">
          Of those that have a version, the first wins. What is published here comes before all.
        </span>
        {registry.mayManage && <Button onClick={drawer.open}>Add an upstream</Button>}
      </div>
      {failure && <Refused error={failure} />}
      <div className="card">
        {items.length === 0 ? (
          <Empty title="This registry draws from nothing else">
            It has what is published to it, and nothing more.
          </Empty>
        ) : (
          <ol className="list">
            {/* By keyboard the buttons move it. */}
            {items.map((one, index) => (
              <li
                key={one.name}
                className={`between${dragged !== null && above === one.name ? " under" : ""}`}
                draggable={registry.mayManage && !move.isPending}
                onDragStart={(event) => {
                  event.dataTransfer.effectAllowed = "move";
                  event.dataTransfer.setData("text/plain", one.name);
                  drag(one.name);
                }}
                onDragOver={(event) => {
                  if (dragged !== null) {
                    event.preventDefault();
                    hover(one.name);
                  }
                }}
                onDrop={(event) => {
                  event.preventDefault();
                  drop(index + 1);
                }}
                onDragEnd={() => drag(null)}
              >
                <div>
                  <span className="quiet">{index + 1}. </span>
                  <span className="row-name">{one.name}</span>
                  <div className="quiet">
                    <Target one={one} />
                  </div>
                  <div className="chips">
                    {one.credential && <Badge variant="light">with a credential</Badge>}
                    {one.internal && <Badge variant="light">internal</Badge>}
                    {one.pushes && <Badge variant="light">takes pushes</Badge>}
                  </div>
                  {health.data?.items
                    .filter((seen) => seen.upstream === one.name)
                    .map((seen) => <Standing key={seen.upstream} one={seen} />)}
                </div>
                {registry.mayManage && (
                  <div className="chips">
                    <Button
                      size="xs"
                      variant="default"
                      disabled={index === 0 || move.isPending}
                      onClick={() => move.mutate({ upstream: one.name, position: index })}
                      aria-label={`Move ${one.name} up`}
                    >
                      Up
                    </Button>
                    <Button
                      size="xs"
                      variant="default"
                      disabled={index === items.length - 1 || move.isPending}
                      onClick={() => move.mutate({ upstream: one.name, position: index + 2 })}
                      aria-label={`Move ${one.name} down`}
                    >
                      Down
                    </Button>
                    <Button
                      size="xs"
                      variant="light"
                      color="red"
                      loading={remove.isPending && remove.variables === one.name}
                      onClick={() => remove.mutate(one.name)}
                      aria-label={`Remove ${one.name}`}
                    >
                      Remove
                    </Button>
                  </div>
                )}
              </li>
            ))}
          </ol>
        )}
      </div>
      {registry.mayManage && (
        <Drawer
          opened={adding}
          onClose={drawer.close}
          position="right"
          title="Add an upstream"
        >
          <NewUpstream registry={registry.name} done={drawer.close} />
        </Drawer>
      )}
    </div>
  );
}

function Target({ one }: { one: Schemas["Upstream"] }) {
  if (one.kind === "here" && one.target !== null) {
    const name = one.target.replace(/^registry:/, "");
    return (
      <>
        the registry <Link to={`/registries/${name}`}>{name}</Link> here
      </>
    );
  }
  return <>{one.target ?? "the public registry, which is not known: set it when starting the server"}</>;
}

type Kind = "public" | "here" | "external";

function NewUpstream({ registry, done }: { registry: string; done: () => void }) {
  const [kind, setKind] = useState<Kind>("public");
  const [here, setHere] = useState<string | null>(null);
  const [internal, setInternal] = useState(false);
  const [pushes, setPushes] = useState(false);
  const others = useQuery({
    queryKey: ["registries", "names"],
    queryFn: () => result(api.GET("/registries", { params: { query: { limit: 200 } } })),
  });
  const add = useMutation({
    mutationFn: (form: FormData) => {
      const text = (name: string) => String(form.get(name) ?? "").trim();
      const target = kind === "public" ? "public" : kind === "here" ? `registry:${here}` : text("url");
      return result(
        api.POST("/registries/{registry}/upstreams", {
          params: { path: { registry } },
          body: {
            target,
            internal,
            pushes: kind !== "public" && pushes,
            ...(kind === "external" && text("token") ? { token: text("token") } : {}),
          },
        }),
      );
    },
    onSuccess: async () => {
      await registryChanged();
      done();
    },
  });
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        add.mutate(new FormData(event.currentTarget));
      }}
    >
      {add.isError && <Refused error={add.error} />}
      <Radio.Group label="From where" value={kind} onChange={(value) => setKind(value as Kind)}>
        <div className="stack">
          <Radio value="public" label="The public registry" data-autofocus />
          <Radio value="here" label="Another registry here" />
          <Radio value="external" label="A registry elsewhere" />
        </div>
      </Radio.Group>
      {kind === "here" && (
        <Select
          label="Registry"
          searchable
          required
          value={here}
          onChange={setHere}
          data={(others.data?.items ?? []).map((one) => one.name).filter((one) => one !== registry)}
        />
      )}
      {kind === "external" && (
        <>
          <TextInput name="url" label="Address" type="url" placeholder="https://npm.example.com/" required />
          <PasswordInput
            name="token"
            label="Token"
            description="If it asks for one. It is stored encrypted and never shown again."
            autoComplete="off"
          />
          <Checkbox
            label="What it holds is ours"
            description="Names that are found there are never asked of a public upstream."
            checked={internal}
            onChange={(event) => setInternal(event.currentTarget.checked)}
          />
        </>
      )}
      {kind !== "public" && (
        <Checkbox
          label="It takes pushes"
          description="Versions may be published to it from here."
          checked={pushes}
          onChange={(event) => setPushes(event.currentTarget.checked)}
        />
      )}
      <Button type="submit" loading={add.isPending} disabled={kind === "here" && here === null}>
        Add as the last one
      </Button>
    </form>
  );
}
