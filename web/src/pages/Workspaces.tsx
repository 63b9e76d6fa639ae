import { Badge, Button, Menu, Modal, Table } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useMutation } from "@tanstack/react-query";
import { api, result, tagged, type Schemas } from "../api";
import { Ago } from "../parts/Ago";
import { AsSeen } from "../parts/AsSeen";
import { List, useParts } from "../parts/List";
import { Refused } from "../parts/States";
import { useTitle } from "../parts/useTitle";
import { queries } from "../queries";
import { runsServer } from "../workspace";
import { NewWorkspace, OwnerLink } from "../workspaces/NewWorkspace";
import { Rename } from "../workspaces/Rename";

const workspacesChanged = () => queries.invalidateQueries({ queryKey: ["workspaces"] });

/** The workspaces of the server, for those who run it. */
export function Page() {
  useTitle("Workspaces");
  const [adding, dialog] = useDisclosure(false);
  const list = useParts(["workspaces"], (from) => result(api.GET("/workspaces", { params: { query: from } })));
  return (
    <>
      <div className="head">
        <h1>Workspaces</h1>
        <span className="quiet">of this server, fully apart</span>
        <Button className="push" onClick={dialog.open}>
          Make a workspace
        </Button>
      </div>
      <List
        title="Workspaces"
        parts={list}
        empty={{ title: "There are no workspaces" }}
        head={
          <>
            <Table.Th scope="col">Workspace</Table.Th>
            <Table.Th scope="col">Registries</Table.Th>
            <Table.Th scope="col">Users</Table.Th>
            <Table.Th scope="col" className="wide-only">
              Made
            </Table.Th>
            <Table.Th scope="col">Change</Table.Th>
          </>
        }
        row={(one) => <Row key={one.name} workspace={one} />}
      />
      <Modal opened={adding} onClose={dialog.close} title="Make a workspace">
        <NewWorkspace made={workspacesChanged} close={dialog.close} />
      </Modal>
    </>
  );
}

function Row({ workspace }: { workspace: Schemas["ListedWorkspace"] }) {
  const { name, formerNames, owned } = workspace;
  const [renaming, dialog] = useDisclosure(false);
  const path = { params: { path: { workspace: name } } };
  const draw = useMutation({
    mutationFn: () => result(api.POST("/workspaces/{workspace}/owner-link", { ...path, body: {} })),
    onSettled: workspacesChanged,
  });
  return (
    <Table.Tr>
      <Table.Td>
        <span className="row-name">{name}</span>{" "}
        {!owned && (
          <Badge color="orange" variant="light" tt="none">
            nobody owns it yet
          </Badge>
        )}
        {formerNames.length > 0 && <div className="quiet words">answers as {formerNames.join(", ")} too</div>}
        {draw.isError && <Refused error={draw.error} />}
      </Table.Td>
      <Table.Td>{workspace.registries}</Table.Td>
      <Table.Td>{workspace.users}</Table.Td>
      <Table.Td className="wide-only">
        <Ago at={workspace.created} />
      </Table.Td>
      <Table.Td>
        {(!runsServer(name) || !owned) && (
          <Menu position="bottom-end">
            <Menu.Target>
              <Button size="xs" variant="default" aria-label={`Change the workspace ${name}`}>
                Change
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              {!runsServer(name) && <Menu.Item onClick={dialog.open}>Rename</Menu.Item>}
              {!owned && <Menu.Item onClick={() => draw.mutate()}>Draw a new link for its owner</Menu.Item>}
            </Menu.Dropdown>
          </Menu>
        )}
        <Modal opened={renaming} onClose={dialog.close} title={`Rename ${name}`}>
          <AsSeen what={`the workspace ${name}`} opened={renaming} load={() => tagged(api.GET("/workspaces/{workspace}", path))}>
            {(seen) => (
              <Rename
                seen={seen}
                done={() => {
                  dialog.close();
                  return workspacesChanged();
                }}
              />
            )}
          </AsSeen>
        </Modal>
        <Modal opened={draw.data !== undefined} onClose={draw.reset} title={`Own ${name}`}>
          {draw.data && <OwnerLink link={draw.data} close={draw.reset} />}
        </Modal>
      </Table.Td>
    </Table.Tr>
  );
}
