import { Button, FileInput, TextInput } from "@mantine/core";
import { useState } from "react";
import { useNavigate } from "react-router";
import { api, result, type Schemas } from "../api";
import { Change } from "../package/Change";
import { sending } from "../uploading";

/** Publishes a tarball that npm pack has made. */
export function Upload({ registry }: { registry: Schemas["Registry"] }) {
  const navigate = useNavigate();
  const [opened, open] = useState(false);
  const [file, setFile] = useState<File | null>(null);
  const [tag, setTag] = useState("latest");
  const [name, setName] = useState("");
  const [sent, setSent] = useState<number | null>(null);
  return (
    <>
      <Button variant="default" onClick={() => open(true)}>
        Upload a package
      </Button>
      {opened && (
        <Change
          registry={registry}
          close={() => open(false)}
          done={() => name !== "" && void navigate(`/registries/${registry.name}/package/${name}`)}
          title="Upload a package"
          verb="Publish"
          ready={file !== null && tag.trim() !== ""}
          run={async (header) => {
            if (file === null) {
              return;
            }
            try {
              const published = await result(
                api.POST("/registries/{registry}/packages", {
                  params: { path: { registry: registry.name }, query: { tag: tag.trim() }, header },
                  body: "", // The file goes along by itself.
                  fetch: sending(file, setSent),
                  headers: { "content-type": "application/octet-stream" },
                }),
              );
              setName(published.name);
            } finally {
              setSent(null);
            }
          }}
        >
          <FileInput
            label="Tarball"
            description="As npm pack makes it; what it is stands in its package.json."
            placeholder="Choose a .tgz"
            accept=".tgz,.tar.gz,application/gzip"
            required
            value={file}
            onChange={setFile}
          />
          {sent !== null && <Sent part={sent} />}
          <TextInput label="Tag" value={tag} onChange={(event) => setTag(event.currentTarget.value)} />
        </Change>
      )}
    </>
  );
}

/** How far the tarball is on its way. */
function Sent({ part }: { part: number }) {
  const percent = Math.floor(part * 100);
  return (
    <label className="quiet">
      {percent < 100 ? `${percent} % is sent.` : "All is sent, and being checked."}
      <progress className="sent" value={percent} max={100} />
    </label>
  );
}
