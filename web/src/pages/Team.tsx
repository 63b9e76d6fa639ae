import { Badge, Button, Menu, Modal, PasswordInput, Select, Table, TextInput } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { api, result, type Schemas } from "../api";
import { Invitations } from "../joining/Invitations";
import { Invite } from "../joining/Invite";
import { PasswordLink } from "../joining/PasswordLink";
import { Requests } from "../joining/Requests";
import { useRolesToGive } from "../joining/roles";
import { useSettings } from "../joining/settings";
import { Search, useFilters } from "../parts/filters";
import { List, useParts } from "../parts/List";
import { Refused } from "../parts/States";
import { useTitle } from "../parts/useTitle";
import { queries, useMe } from "../queries";
import { Roles } from "../team/Roles";
import { Teams } from "../team/Teams";

type User = Schemas["User"];
type Choice = ReturnType<typeof useRolesToGive>;

const usersChanged = () => queries.invalidateQueries({ queryKey: ["users"] });

export function Page() {
  useTitle("Team");
  const me = useMe();
  const rights = me.data?.rights ?? [];
  const mayManage = rights.includes("manage-accounts");
  const roles = useRolesToGive(rights);
  const [creating, dialog] = useDisclosure(false);
  const [inviting, invitation] = useDisclosure(false);
  const settings = useSettings(mayManage);
  const filters = useFilters();
  const search = filters.get("search");
  const list = useParts(["users", search], (from) =>
    result(api.GET("/users", { params: { query: { search, ...from } } })),
  );
  return (
    <>
      <div className="head">
        <h1>Team</h1>
        {mayManage && (
          <div className="push chips">
            <Button onClick={invitation.open}>Invite somebody</Button>
            <Button variant="default" onClick={dialog.open}>
              Add a person
            </Button>
          </div>
        )}
      </div>
      <div className="tools">
        <Search filters={filters} hint="A part of the name or address" />
      </div>
      <List
        title="Team"
        parts={list}
        empty={{ title: "Nobody is called like that" }}
        head={
          <>
            <Table.Th scope="col">Name</Table.Th>
            <Table.Th scope="col">Role</Table.Th>
            <Table.Th scope="col" className="wide-only">
              Mail
            </Table.Th>
            {mayManage && <Table.Th scope="col">Change</Table.Th>}
          </>
        }
        row={(one) => (
          <Row
            key={one.name}
            user={one}
            roles={roles}
            mayManage={
              mayManage &&
              one.name !== me.data?.name &&
              (one.role !== "owner" || rights.includes("manage-owners"))
            }
            shows={mayManage}
          />
        )}
      />
      <Teams mayManage={mayManage} />
      <Roles mayMake={rights.includes("manage-owners")} />
      {mayManage && (
        <>
          <Invitations />
          <Requests rights={rights} />
        </>
      )}
      <Modal opened={inviting} onClose={invitation.close} title="Invite somebody">
        <Invite rights={rights} mail={settings.data?.value.mail ?? false} close={invitation.close} />
      </Modal>
      <Modal opened={creating} onClose={dialog.close} title="Add a person">
        <NewUser roles={roles} close={dialog.close} />
      </Modal>
    </>
  );
}

function Row(props: { user: User; roles: { value: string; label: string }[]; mayManage: boolean; shows: boolean }) {
  const { user } = props;
  const [resetting, dialog] = useDisclosure(false);
  const [linking, linkDialog] = useDisclosure(false);
  const change = useMutation({
    mutationFn: (body: Schemas["UserChange"]) =>
      result(api.PATCH("/users/{user}", { params: { path: { user: user.name } }, body })),
    onSettled: usersChanged,
  });
  const reset = useMutation({
    mutationFn: () =>
      result(api.DELETE("/users/{user}/second-factor", { params: { path: { user: user.name } } })),
    onSettled: usersChanged,
  });
  return (
    <Table.Tr>
      <Table.Td>
        <span className="row-name">{user.name}</span>{" "}
        {!user.active && (
          <Badge variant="light" color="gray">
            deactivated
          </Badge>
        )}
        {user.secondFactor && (
          <Badge variant="light" color="green">
            second factor
          </Badge>
        )}
        {user.teams.length > 0 && <div className="quiet">in {user.teams.join(", ")}</div>}
        {change.isError && <Refused error={change.error} />}
        {reset.isError && <Refused error={reset.error} />}
      </Table.Td>
      <Table.Td>{user.role}</Table.Td>
      <Table.Td className="wide-only quiet">{user.email}</Table.Td>
      {props.shows && (
        <Table.Td>
          {props.mayManage && (
            <Menu position="bottom-end">
              <Menu.Target>
                <Button size="xs" variant="default" loading={change.isPending} aria-label={`Change ${user.name}`}>
                  Change
                </Button>
              </Menu.Target>
              <Menu.Dropdown>
                <Menu.Label>Role</Menu.Label>
                {props.roles.map((role) => (
                  <Menu.Item
                    key={role.value}
                    disabled={role.value === user.role}
                    onClick={() => change.mutate({ role: role.value })}
                  >
                    {role.label}
                  </Menu.Item>
                ))}
                <Menu.Divider />
                <Menu.Item onClick={linkDialog.open}>Make a link to a new password</Menu.Item>
                <Menu.Item onClick={dialog.open}>Set a new password</Menu.Item>
                {user.secondFactor && (
                  <Menu.Item onClick={() => reset.mutate()}>Reset the second factor</Menu.Item>
                )}
                <Menu.Item onClick={() => change.mutate({ active: !user.active })}>
                  {user.active ? "Deactivate" : "Let in again"}
                </Menu.Item>
              </Menu.Dropdown>
            </Menu>
          )}
          <Modal opened={linking} onClose={linkDialog.close} title={`A new password for ${user.name}`}>
            <PasswordLink user={user.name} close={linkDialog.close} />
          </Modal>
          <Modal opened={resetting} onClose={dialog.close} title={`A new password for ${user.name}`}>
            <form
              className="stack"
              onSubmit={(event) => {
                event.preventDefault();
                const password = String(new FormData(event.currentTarget).get("password"));
                change.mutate({ password }, { onSuccess: dialog.close });
              }}
            >
              {change.isError && <Refused error={change.error} />}
              <PasswordInput
                name="password"
                label="Password"
                description="At least eight characters. Tell it to them; they can change it under Your account."
                autoComplete="new-password"
                minLength={8}
                required
                data-autofocus
              />
              <Button type="submit" loading={change.isPending}>
                Set it
              </Button>
            </form>
          </Modal>
        </Table.Td>
      )}
    </Table.Tr>
  );
}

function NewUser({ roles, close }: { roles: Choice; close: () => void }) {
  const [role, setRole] = useState("developer");
  const create = useMutation({
    mutationFn: (form: FormData) =>
      result(
        api.POST("/users", {
          body: {
            name: String(form.get("name")).trim(),
            email: String(form.get("email")).trim(),
            password: String(form.get("password")),
            role,
          },
        }),
      ),
    onSuccess: async () => {
      await usersChanged();
      close();
    },
  });
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        create.mutate(new FormData(event.currentTarget));
      }}
    >
      {create.isError && <Refused error={create.error} />}
      <TextInput name="name" label="User name" required data-autofocus />
      <TextInput name="email" label="Mail address" type="email" />
      <Select
        label="Role"
        data={roles}
        value={role}
        onChange={(value) => setRole(value ?? "developer")}
        allowDeselect={false}
      />
      <PasswordInput
        name="password"
        label="Password"
        description="At least eight characters. Tell it to them; they can change it under Your account."
        autoComplete="new-password"
        minLength={8}
        required
      />
      <Button type="submit" loading={create.isPending}>
        Add
      </Button>
    </form>
  );
}
