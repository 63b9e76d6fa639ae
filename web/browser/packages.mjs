// Scenes of the package page: what is in a version, and what can be done with it.
import { randomBytes } from "node:crypto";
import { fail, look } from "./stage.mjs";

const ran = "globalThis.__ran = true";
const disguised = "photo\u202egnp.js";
const index = (line) => `'use strict';\n\n${line}\n\nmodule.exports = { loud };\n`;

/** Publishes two versions of a package whose author tries things, by a command that works in a folder. */
export async function published(base, page, computer, command, folder) {
  const publish = `cp ${folder}/.npmrc . && ${command}`;
  const manifest = { name: "@acme/parts", license: "MIT", dependencies: { "@acme/hello": "^1.0.0" } };
  const files = {
    LICENSE: "MIT License\n\nPermission is hereby granted, free of charge, to any person.\n",
    "page.html": `<script>${ran}</script><img src=x onerror="${ran}">\n`,
    [disguised]: "// looks like a picture\u202e\n",
    "index.js": index("const loud = () => 'parts';"),
  };
  const first = computer.folder("parts-1", {
    ...files,
    "package.json": JSON.stringify({ ...manifest, version: "1.0.0" }),
  });
  computer.run(first, publish);
  const second = computer.folder("parts-2", {
    ...files,
    "index.js": index("const loud = () => 'PARTS';"),
    "new.js": "require('child_process');\n",
    "package.json": JSON.stringify({
      ...manifest,
      version: "1.1.0",
      scripts: { postinstall: "node new.js" },
      dependencies: { "@acme/hello": "^1.0.0", "left-pad": "1.3.0" },
    }),
  });
  computer.run(second, publish);
  await page.goto(`${base}/registries/team/package/@acme/parts`);
  await page.getByRole("heading", { name: "@acme/parts", exact: true }).first().waitFor();
}

/** The files of a version, and the text of one: whatever it is, nothing of it runs. */
export async function files(page) {
  await page.getByRole("link", { name: "Files of 1.0.0" }).click();
  await page.getByRole("table", { name: "Files of 1.0.0" }).waitFor();
  await page.getByRole("link", { name: "photo\\u{202e}gnp.js" }).waitFor();
  await look(page, "60-files");
  await page.getByRole("searchbox", { name: "Path" }).fill("html");
  await page.getByRole("link", { name: "page.html" }).click();
  await page.getByText(`<script>${ran}</script>`).waitFor();
  await look(page, "61-file");
  await page.getByRole("link", { name: "All files of 1.0.0" }).click();
  await page.getByRole("row", { name: /LICENSE licence/ }).getByRole("link").click();
  await page.getByText("Permission is hereby granted").waitFor();
  await page.goBack();
  await page.getByRole("link", { name: "photo\\u{202e}gnp.js" }).click();
  await page.getByText("⟦U+202E⟧").waitFor();
  if (await page.evaluate(() => globalThis.__ran)) {
    fail("a file of the author's ran");
  }
}

/** What differs between two versions, from the list of them: a script that came with the newer one, for one. */
export async function compare(page) {
  await page.getByRole("tab", { name: "Overview" }).click();
  await page.getByRole("link", { name: "Compare 1.1.0" }).click();
  await page.getByRole("table", { name: "Scripts" }).getByRole("cell", { name: "node new.js" }).waitFor();
  await page.getByRole("table", { name: "Dependencies", exact: true }).getByText("left-pad").waitFor();
  await page.getByRole("button", { name: "Show what differs in index.js" }).click();
  await page.getByRole("group", { name: "What differs in index.js" }).getByText("- const loud = () => 'parts';").waitFor();
  await look(page, "62-compare");
}

/** A package is deprecated, tagged, uploaded anew and taken back, by whoever may. */
export async function manage(base, page, computer) {
  await page.getByRole("tab", { name: "Manage" }).click();
  await page.getByRole("button", { name: "Deprecate", exact: true }).click();
  await page.getByRole("textbox", { name: "Message" }).fill("<b>Too</b> loud");
  await look(page, "63-deprecate");
  await page.getByRole("dialog").getByRole("button", { name: "Deprecate", exact: true }).click();
  await page.getByRole("button", { name: "Change its deprecation" }).waitFor();
  await page.getByRole("button", { name: "Set a tag" }).click();
  await page.getByRole("textbox", { name: "Tag" }).fill("quiet");
  await page.getByRole("button", { name: "Set", exact: true }).click();
  await page.getByRole("button", { name: "Remove the tag quiet" }).waitFor();
  await look(page, "64-manage");
  const folder = computer.folder("uploaded", {
    "package.json": JSON.stringify({ name: "@acme/uploaded", version: "1.0.0" }),
    "README.md": "# By hand\n",
    "noise.txt": randomBytes(900_000).toString("base64"),
  });
  const file = computer.run(folder, "npm pack --silent").trim();
  await page.goto(`${base}/registries/team`);
  await page.getByRole("button", { name: "Upload a package" }).click();
  const [chooser] = await Promise.all([
    page.waitForEvent("filechooser"),
    page.getByRole("button", { name: "Tarball" }).click(),
  ]);
  await chooser.setFiles(`${folder}/${file}`);
  await look(page, "65-upload");
  // So slow a line that it is seen on its way.
  const line = await page.context().newCDPSession(page);
  const speed = (uploadThroughput) =>
    line.send("Network.emulateNetworkConditions", { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput });
  await speed(200_000);
  await page.getByRole("button", { name: "Publish", exact: true }).click();
  await page.getByRole("progressbar", { name: /^\d+ % is sent\.$/ }).waitFor();
  await speed(-1);
  await page.getByRole("link", { name: "@acme/uploaded" }).or(page.getByRole("heading", { name: "@acme/uploaded" })).first().waitFor();
  await page.goto(`${base}/registries/team/package/@acme/uploaded?tab=manage`);
  await page.getByRole("button", { name: "Unpublish the package" }).click();
  await page.getByRole("textbox", { name: "Type @acme/uploaded" }).fill("@acme/uploaded");
  await page.getByRole("button", { name: "Unpublish all of it" }).click();
  await page.getByRole("link", { name: "@acme/parts" }).waitFor();
}
