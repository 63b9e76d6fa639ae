/** The workspace whose pages' addresses name none. */
const USUAL = "default";

const named = /^\/w\/([a-z0-9._-]+)(?=\/|$)/.exec(window.location.pathname);

/** Below which the addresses of this tab's pages stand. */
export const basename = named?.[0] ?? "/";

/** The workspace that this tab's address names, or null. */
export const addressed = named?.[1] ?? null;

let shown = addressed;

/**
 * The workspace that this tab shows, sent with whatever it asks: a browser may be signed in to
 * several, and a tab acts in its own or not at all. Null before it is known.
 */
export function shownWorkspace() {
  return shown;
}

/** The tab shows that workspace from now on. */
export function showWorkspace(name: string) {
  shown = name;
}

/** The address of a page of a workspace, as a link that loads everything anew. */
export function addressIn(workspace: string, path: string) {
  return (workspace === USUAL ? "" : `/w/${workspace}`) + path;
}

/** Whether this tab's address says that it shows that workspace. */
export function isAddressOf(workspace: string) {
  return workspace === (addressed ?? USUAL);
}

/** Whether owners of that workspace run the server. */
export function runsServer(workspace: string) {
  return workspace === USUAL;
}
