import { Button, Checkbox, Fieldset, Modal, Table, TextInput } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { api, result, tagged, type Schemas } from "../api";
import { useRoles } from "../joining/roles";
import { AsSeen, type Seen } from "../parts/AsSeen";
import { Refused, Waiting } from "../parts/States";
import { queries } from "../queries";

type Role = Schemas["NamedRole"];
type Right = Role["rights"][number];

const WORDS: Record<Right, string> = {
  read: "Install, and look at what is there",
  publish: "Publish, deprecate, move tags",
  "unpublish-own": "Take back what they published themselves",
  decide: "Decide on exceptions, where a registry leaves that to developers",
  "unpublish-any": "Take back what others published",
  "manage-registries": "Manage all registries, policies and webhooks",
  "manage-accounts": "Manage people who may do no more than they, and read the audit log",
  "manage-owners": "Manage owners",
};

const TO_CHOOSE = (Object.keys(WORDS) as Right[]).filter((one) => one !== "read" && one !== "manage-owners");

const rolesChanged = () =>
  Promise.all(["roles", "users", "me"].map((key) => queries.invalidateQueries({ queryKey: [key] })));

/** What each role may do; owners make others. */
export function Roles({ mayMake }: { mayMake: boolean }) {
  const roles = useRoles();
  const [making, dialog] = useDisclosure(false);
  return (
    <section className="stack">
      <div className="between">
        <h2>Roles</h2>
        {mayMake && (
          <Button variant="default" onClick={dialog.open}>
            Make a role
          </Button>
        )}
      </div>
      {roles.isPending && <Waiting what="roles" />}
      {roles.isError && <Refused error={roles.error} retry={() => void roles.refetch()} />}
      {roles.isSuccess && (
        <div className="card scroll">
          <Table aria-label="Roles">
            <Table.Thead>
              <Table.Tr>
                <Table.Th scope="col" miw={160}>
                  Role
                </Table.Th>
                <Table.Th scope="col">May</Table.Th>
                {mayMake && <Table.Th scope="col">Change</Table.Th>}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {roles.data.items.map((one) => (
                <Row key={one.name} role={one} mayMake={mayMake} />
              ))}
            </Table.Tbody>
          </Table>
        </div>
      )}
      <Modal opened={making} onClose={dialog.close} title="Make a role">
        <Form close={dialog.close} />
      </Modal>
    </section>
  );
}

function Row({ role, mayMake }: { role: Role; mayMake: boolean }) {
  const [changing, dialog] = useDisclosure(false);
  return (
    <Table.Tr>
      <Table.Td>
        <span className="row-name">{role.name}</span>
        <div className="quiet">{role.builtIn ? "built in" : role.description}</div>
      </Table.Td>
      <Table.Td className="quiet">{role.rights.map((one) => WORDS[one]).join("; ")}</Table.Td>
      {mayMake && (
        <Table.Td>
          {!role.builtIn && (
            <Button size="xs" variant="default" onClick={dialog.open} aria-label={`Change the role ${role.name}`}>
              Change
            </Button>
          )}
          <Modal opened={changing} onClose={dialog.close} title={`The role ${role.name}`}>
            <AsSeen
              what={`the role ${role.name}`}
              opened={changing}
              load={() => tagged(api.GET("/roles/{role}", { params: { path: { role: role.name } } }))}
            >
              {(seen) => <Form seen={seen} close={dialog.close} />}
            </AsSeen>
          </Modal>
        </Table.Td>
      )}
    </Table.Tr>
  );
}

function Form({ seen, close }: { seen?: Seen<Role>; close: () => void }) {
  const role = seen?.value;
  const [rights, setRights] = useState<Right[]>(role?.rights ?? []);
  const done = {
    onSuccess: async () => {
      await rolesChanged();
      close();
    },
  };
  const params = { path: { role: role?.name ?? "" }, header: seen ? { "If-Match": seen.tag } : {} };
  const save = useMutation({
    mutationFn: (form: FormData) => {
      const body = {
        name: String(form.get("name")).trim(),
        description: String(form.get("description")).trim(),
        rights,
      };
      return role
        ? result(api.PATCH("/roles/{role}", { params, body }))
        : result(api.POST("/roles", { body }));
    },
    ...done,
  });
  const remove = useMutation({
    mutationFn: () => result(api.DELETE("/roles/{role}", { params })),
    ...done,
  });
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate(new FormData(event.currentTarget));
      }}
    >
      {save.isError && <Refused error={save.error} />}
      {remove.isError && <Refused error={remove.error} />}
      <TextInput name="name" label="Role name" defaultValue={role?.name} required data-autofocus />
      <TextInput name="description" label="Description" defaultValue={role?.description} maxLength={500} />
      <Fieldset legend="Whoever has it installs, and may">
        <div className="stack">
          {TO_CHOOSE.map((one) => (
            <Checkbox
              key={one}
              label={WORDS[one]}
              checked={rights.includes(one)}
              onChange={(event) =>
                setRights(event.currentTarget.checked ? [...rights, one] : rights.filter((had) => had !== one))
              }
            />
          ))}
        </div>
      </Fieldset>
      {role && <p className="quiet">A change holds at once for everybody who has the role.</p>}
      <div className="chips">
        <Button type="submit" loading={save.isPending}>
          {role ? "Save the role" : "Make it"}
        </Button>
        {role && (
          <Button color="red" variant="light" loading={remove.isPending} onClick={() => remove.mutate()}>
            Remove it
          </Button>
        )}
      </div>
    </form>
  );
}
