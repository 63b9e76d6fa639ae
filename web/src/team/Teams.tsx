import { Badge, Button, Menu, Modal, MultiSelect, Table, TextInput } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useMutation, useQuery } from "@tanstack/react-query";
import { api, result, tagged, type Schemas } from "../api";
import { AsSeen, type Seen } from "../parts/AsSeen";
import { List, useParts } from "../parts/List";
import { Refused } from "../parts/States";
import { queries } from "../queries";

type Team = Schemas["Team"];

const teamsChanged = () =>
  Promise.all(["teams", "users", "rights"].map((key) => queries.invalidateQueries({ queryKey: [key] })));

/** The teams of the workspace, and for those who manage people, how to change them. */
export function Teams({ mayManage }: { mayManage: boolean }) {
  const [creating, dialog] = useDisclosure(false);
  const list = useParts(["teams"], (from) => result(api.GET("/teams", { params: { query: from } })));
  return (
    <section className="stack">
      <div className="between">
        <h2>Teams</h2>
        {mayManage && (
          <Button variant="default" onClick={dialog.open}>
            Make a team
          </Button>
        )}
      </div>
      <List
        title="Teams"
        parts={list}
        empty={{
          title: "There are no teams yet",
          hint: "People of a team are given rights in registries together, under Access of each.",
        }}
        head={
          <>
            <Table.Th scope="col">Name</Table.Th>
            <Table.Th scope="col">Members</Table.Th>
            {mayManage && <Table.Th scope="col">Change</Table.Th>}
          </>
        }
        row={(one) => <Row key={one.name} team={one} mayManage={mayManage} />}
      />
      <Modal opened={creating} onClose={dialog.close} title="Make a team">
        <Describe close={dialog.close} />
      </Modal>
    </section>
  );
}

function Row({ team, mayManage }: { team: Team; mayManage: boolean }) {
  const [filling, members] = useDisclosure(false);
  const [changing, dialog] = useDisclosure(false);
  const remove = useMutation({
    mutationFn: () => result(api.DELETE("/teams/{team}", { params: { path: { team: team.name } } })),
    onSettled: teamsChanged,
  });
  return (
    <Table.Tr>
      <Table.Td>
        <span className="row-name">{team.name}</span>
        <div className="quiet">{team.description}</div>
        {remove.isError && <Refused error={remove.error} />}
      </Table.Td>
      <Table.Td>
        <span className="chips">
          {team.members.map((name) => (
            <Badge key={name} variant="light" tt="none">
              {name}
            </Badge>
          ))}
          {team.members.length === 0 && <span className="quiet">nobody</span>}
        </span>
      </Table.Td>
      {mayManage && (
        <Table.Td>
          <Menu position="bottom-end">
            <Menu.Target>
              <Button size="xs" variant="default" aria-label={`Change the team ${team.name}`}>
                Change
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item onClick={members.open}>Members</Menu.Item>
              <Menu.Item onClick={dialog.open}>Rename or describe</Menu.Item>
              <Menu.Item color="red" onClick={() => remove.mutate()}>
                Remove the team
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
          <Modal opened={filling} onClose={members.close} title={`Members of ${team.name}`}>
            <Members team={team} />
          </Modal>
          <Modal opened={changing} onClose={dialog.close} title={`The team ${team.name}`}>
            <AsSeen
              what={`the team ${team.name}`}
              opened={changing}
              load={() => tagged(api.GET("/teams/{team}", { params: { path: { team: team.name } } }))}
            >
              {(seen) => <Describe seen={seen} close={dialog.close} />}
            </AsSeen>
          </Modal>
        </Table.Td>
      )}
    </Table.Tr>
  );
}

/** Whom one may choose from; a workspace of more people is searched on its page. */
export function usePeople() {
  return useQuery({
    queryKey: ["users", { names: true }],
    queryFn: async () => {
      const page = await result(api.GET("/users", { params: { query: { limit: 200 } } }));
      return page.items.map((one) => one.name);
    },
  });
}

function Members({ team }: { team: Team }) {
  const people = usePeople();
  const change = useMutation({
    mutationFn: async (wanted: string[]) => {
      for (const user of wanted.filter((one) => !team.members.includes(one))) {
        await result(
          api.PUT("/teams/{team}/members/{user}", { params: { path: { team: team.name, user } }, body: {} }),
        );
      }
      for (const user of team.members.filter((one) => !wanted.includes(one))) {
        await result(api.DELETE("/teams/{team}/members/{user}", { params: { path: { team: team.name, user } } }));
      }
    },
    onSettled: teamsChanged,
  });
  return (
    <div className="stack">
      {change.isError && <Refused error={change.error} />}
      <MultiSelect
        label="Members"
        description="They have what the team has from their next request on, and no longer than they are in it."
        data={[...new Set([...(people.data ?? []), ...team.members])]}
        value={team.members}
        searchable
        disabled={change.isPending}
        onChange={(wanted) => change.mutate(wanted)}
      />
    </div>
  );
}

function Describe({ seen, close }: { seen?: Seen<Team>; close: () => void }) {
  const team = seen?.value;
  const params = { path: { team: team?.name ?? "" }, header: seen ? { "If-Match": seen.tag } : {} };
  const save = useMutation({
    mutationFn: (form: FormData) => {
      const body = { name: String(form.get("name")).trim(), description: String(form.get("description")).trim() };
      return team
        ? result(api.PATCH("/teams/{team}", { params, body }))
        : result(api.POST("/teams", { body }));
    },
    onSuccess: async () => {
      await teamsChanged();
      close();
    },
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
      <TextInput
        name="name"
        label="Team name"
        description="Small letters, digits and hyphens."
        defaultValue={team?.name}
        required
        data-autofocus
      />
      <TextInput name="description" label="Description" defaultValue={team?.description} maxLength={500} />
      <Button type="submit" loading={save.isPending}>
        {team ? "Save" : "Make it"}
      </Button>
    </form>
  );
}
