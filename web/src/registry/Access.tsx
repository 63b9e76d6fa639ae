import { Button, Checkbox, Modal, Select, TagsInput, TextInput } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useNavigate } from "react-router";
import { api, result, type Schemas } from "../api";
import { Refused } from "../parts/States";
import { useOnce } from "../parts/useOnce";
import { registryChanged } from "../queries";
import { Rights } from "./Rights";
import { Scopes } from "./Scopes";

type Change = Schemas["RegistryChange"];

const approvers: { value: Schemas["Registry"]["approver"]; label: string }[] = [
  { value: "owner", label: "Owners" },
  { value: "admin", label: "Admins and owners" },
  { value: "developer", label: "Developers, admins and owners" },
];

/** Who may do what in a registry, and what becomes of the registry itself. */
export function Access({ registry, tag }: { registry: Schemas["Registry"]; tag: string }) {
  const [scopes, setScopes] = useState(registry.scopes);
  const [deleting, dialog] = useDisclosure(false);
  const change = useMutation({
    mutationFn: (body: Change) =>
      result(
        api.PATCH("/registries/{registry}", {
          params: { path: { registry: registry.name }, header: { "If-Match": tag } },
          body,
        }),
      ),
    onSettled: registryChanged,
  });
  const locked = !registry.mayManage || change.isPending;
  return (
    <div className="stack">
      {change.isError && <Refused error={change.error} />}
      <section className="card padded stack">
        <h2>Who may read and publish</h2>
        <Checkbox
          label="Open for reading"
          description="Everybody who reaches this server installs from here without a token."
          checked={registry.anonymousRead}
          disabled={locked}
          onChange={(event) => change.mutate({ anonymousRead: event.currentTarget.checked })}
        />
        <Checkbox
          label="Only a package's owners change it"
          description="Otherwise every developer publishes any name."
          checked={registry.ownersOnly}
          disabled={locked}
          onChange={(event) => change.mutate({ ownersOnly: event.currentTarget.checked })}
        />
        <Checkbox
          label="Changes of packages need a second factor"
          description="Whoever publishes, unpublishes, deprecates or moves a tag shows a code too, in the client or in the browser. Machines use a token that is made for them."
          checked={registry.secondFactor}
          disabled={locked}
          onChange={(event) => change.mutate({ secondFactor: event.currentTarget.checked })}
        />
        <Checkbox
          label="Versions may be overwritten"
          description="Whoever has installed one keeps other bytes in the lockfile. Leave it off unless you must."
          checked={registry.overwriting}
          disabled={locked}
          onChange={(event) => change.mutate({ overwriting: event.currentTarget.checked })}
        />
        <Select
          label="Who decides on exceptions"
          description="Besides whom a permission below names. Whoever may read may ask for one."
          data={approvers}
          value={registry.approver}
          disabled={locked}
          allowDeselect={false}
          onChange={(approver) => approver !== null && change.mutate({ approver })}
        />
      </section>
      <Rights registry={registry} />
      <Scopes registry={registry} />
      <section className="card padded stack">
        <h2>Scopes that are yours</h2>
        <TagsInput
          label="Scopes"
          description="Their packages are never asked of a public upstream. Write each with its @."
          placeholder={registry.mayManage ? "@team" : ""}
          value={scopes}
          onChange={setScopes}
          disabled={locked}
        />
        {registry.mayManage && (
          <div>
            <Button
              size="xs"
              loading={change.isPending}
              disabled={scopes.join() === registry.scopes.join()}
              onClick={() => change.mutate({ scopes })}
            >
              Save the scopes
            </Button>
          </div>
        )}
      </section>
      {registry.mayManage && (
        <section className="card padded stack">
          <h2>This registry</h2>
          <Rename registry={registry} tag={tag} />
          <Clone source={registry.name} />
          <div className="between">
            <span>
              {registry.archived
                ? "It is archived: frozen, hidden from lists, still installable."
                : "Archiving freezes it and hides it from lists; what is in it stays installable."}
            </span>
            <Button
              variant="default"
              loading={change.isPending}
              onClick={() => change.mutate({ archived: !registry.archived })}
            >
              {registry.archived ? "Take it back" : "Archive"}
            </Button>
          </div>
          <div className="between">
            <span>Deleting it takes everything that was published in it along.</span>
            <Button color="red" variant="light" onClick={dialog.open}>
              Delete
            </Button>
          </div>
          <Delete name={registry.name} opened={deleting} close={dialog.close} />
        </section>
      )}
    </div>
  );
}

function Rename({ registry, tag }: { registry: Schemas["Registry"]; tag: string }) {
  const navigate = useNavigate();
  const [name, setName] = useState(registry.name);
  const rename = useMutation({
    mutationFn: () =>
      result(
        api.PATCH("/registries/{registry}", {
          params: { path: { registry: registry.name }, header: { "If-Match": tag } },
          body: { name },
        }),
      ),
    onSuccess: async (now) => {
      await navigate(`/registries/${now.name}/access`, { replace: true });
      await registryChanged();
    },
  });
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        rename.mutate();
      }}
    >
      {rename.isError && <Refused error={rename.error} />}
      <div className="tools">
        <TextInput
          className="grow"
          label="Name"
          description="The old one goes on answering."
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Button
          type="submit"
          variant="default"
          loading={rename.isPending}
          disabled={name === registry.name || name === ""}
        >
          Rename
        </Button>
      </div>
    </form>
  );
}

/** A registry that is set up in the same way, and holds nothing yet. */
function Clone({ source }: { source: string }) {
  const navigate = useNavigate();
  const [name, setName] = useState("");
  const once = useOnce();
  const clone = useMutation({
    mutationFn: () => {
      const body = { name, clone: source };
      return result(api.POST("/registries", { params: { header: once.header(body) }, body }));
    },
    onSuccess: async (made) => {
      once.done();
      await registryChanged();
      await navigate(`/registries/${made.name}`);
    },
  });
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        clone.mutate();
      }}
    >
      {clone.isError && <Refused error={clone.error} />}
      <div className="tools">
        <TextInput
          className="grow"
          label="Name of a clone"
          description="It gets these settings, upstreams, policies and permissions, and none of the packages."
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Button type="submit" variant="default" loading={clone.isPending} disabled={name === ""}>
          Clone
        </Button>
      </div>
    </form>
  );
}

function Delete({ name, opened, close }: { name: string; opened: boolean; close: () => void }) {
  const navigate = useNavigate();
  const [typed, setTyped] = useState("");
  const remove = useMutation({
    mutationFn: () =>
      result(
        api.DELETE("/registries/{registry}", {
          params: { path: { registry: name }, query: { confirm: typed } },
        }),
      ),
    onSuccess: async () => {
      await navigate("/registries");
      await registryChanged();
    },
  });
  return (
    <Modal opened={opened} onClose={close} title={`Delete ${name}?`}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          remove.mutate();
        }}
      >
        {remove.isError && <Refused error={remove.error} />}
        <TextInput
          label={`Type "${name}" to confirm`}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          data-autofocus
        />
        <Button type="submit" color="red" disabled={typed !== name} loading={remove.isPending}>
          Delete it with all its packages
        </Button>
      </form>
    </Modal>
  );
}
