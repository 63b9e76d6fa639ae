import { Button, Modal } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { api, tagged } from "../api";
import { AsSeen } from "../parts/AsSeen";
import { addressIn, runsServer } from "../workspace";
import { Rename } from "../workspaces/Rename";

/** What the workspace is called, which its owners change. */
export function Name({ name, mayRename }: { name: string; mayRename: boolean }) {
  const [renaming, dialog] = useDisclosure(false);
  return (
    <section className="card padded">
      <h2>Workspace</h2>
      <p className="words">
        <b>{name}</b> <span className="quiet">{runsServer(name) ? "is the one that keeps its name" : ""}</span>
      </p>
      {mayRename && !runsServer(name) && (
        <Button variant="default" size="xs" onClick={dialog.open}>
          Rename the workspace
        </Button>
      )}
      <Modal opened={renaming} onClose={dialog.close} title="Rename the workspace">
        <AsSeen
          what={`the workspace ${name}`}
          opened={renaming}
          load={() => tagged(api.GET("/workspaces/{workspace}", { params: { path: { workspace: name } } }))}
        >
          {(seen) => (
            <Rename seen={seen} done={(now) => window.location.replace(addressIn(now.name, "/settings"))} />
          )}
        </AsSeen>
      </Modal>
    </section>
  );
}
