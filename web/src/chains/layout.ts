import type { Schemas } from "../api";

type Chain = Schemas["Chain"];
type Upstream = Schemas["Upstream"];

/** What is drawn: a registry here, or something outside. */
export interface Node {
  id: string;
  name: string;
  kind: "registry" | "public" | "external" | "unseen";
  archived: boolean;
  column: number;
  row: number;
}

/** From who draws to what it draws from; order counts from 1. */
export interface Edge {
  from: string;
  to: string;
  order: number;
  of: number;
}

export interface Drawing {
  nodes: Node[];
  edges: Edge[];
  columns: number;
  rows: number;
}

const HERE = "registry:";

function idOf(upstream: Upstream): string {
  return upstream.kind === "here" ? (upstream.target ?? HERE + upstream.name) : `${upstream.kind} ${upstream.target ?? ""}`;
}

/** What people call a source outside. */
export function sourceName(upstream: Upstream): string {
  if (upstream.kind === "here") {
    return (upstream.target ?? upstream.name).replace(HERE, "");
  }
  return upstream.kind === "public" ? "public" : host(upstream.target ?? upstream.name);
}

function host(url: string): string {
  try {
    return new URL(url).host;
  } catch {
    return url;
  }
}

/**
 * Places registries in columns: whoever draws from another stands left of it, and the sources
 * outside stand at the right. In each column those come next to each other that draw from what is
 * close, so that few lines cross.
 */
export function layout(chains: Chain[]): Drawing {
  const byId = new Map(chains.map((one) => [HERE + one.registry, one]));
  const depths = new Map<string, number>();
  const depth = (id: string, on: string[]): number => {
    const known = depths.get(id);
    if (known !== undefined) {
      return known;
    }
    const here = (byId.get(id)?.upstreams ?? []).filter((one) => one.kind === "here").map(idOf);
    const found = Math.max(-1, ...here.filter((next) => !on.includes(next)).map((next) => depth(next, [...on, id]))) + 1;
    depths.set(id, found);
    return found;
  };
  const nodes = new Map<string, Node>();
  const edges: Edge[] = [];
  for (const [id, one] of byId) {
    nodes.set(id, { id, name: one.registry, kind: "registry", archived: one.archived, column: depth(id, [id]), row: 0 });
  }
  for (const [id, one] of byId) {
    one.upstreams.forEach((upstream, at) => {
      const to = idOf(upstream);
      edges.push({ from: id, to, order: at + 1, of: one.upstreams.length });
      if (!nodes.has(to)) {
        const kind = upstream.kind === "here" ? "unseen" : upstream.kind;
        const column = kind === "unseen" ? depth(to, [to]) : -1;
        nodes.set(to, { id: to, name: sourceName(upstream), kind, archived: false, column, row: 0 });
      }
    });
  }
  const all = [...nodes.values()];
  const deepest = Math.max(0, ...all.map((one) => one.column));
  const outside = all.some((one) => one.column < 0);
  for (const one of all) {
    one.column = one.column < 0 ? deepest + 1 : deepest - one.column;
  }
  const columns = deepest + (outside ? 2 : 1);
  return { nodes: all, edges, columns, rows: arrange(all, edges, columns) };
}

/** Gives every node a row, from the sources back to the left; tells how many rows there are. */
function arrange(nodes: Node[], edges: Edge[], columns: number): number {
  const rows = new Map<string, number>();
  let most = 0;
  for (let column = columns - 1; column >= 0; column--) {
    const weight = (node: Node) => {
      const to = edges.filter((edge) => edge.from === node.id).map((edge) => rows.get(edge.to) ?? 0);
      return to.length === 0 ? Infinity : to.reduce((sum, row) => sum + row, 0) / to.length;
    };
    const here = nodes
      .filter((one) => one.column === column)
      .map((one) => ({ one, weight: weight(one) }))
      .sort((a, b) => (a.weight === b.weight ? a.one.name.localeCompare(b.one.name) : a.weight - b.weight));
    here.forEach(({ one }, row) => {
      one.row = row;
      rows.set(one.id, row);
    });
    most = Math.max(most, here.length);
  }
  // A short column stands beside the middle of a long one.
  for (const one of nodes) {
    const count = nodes.filter((other) => other.column === one.column).length;
    one.row += (most - count) / 2;
  }
  return most;
}

/** All that `id` draws from, and all that draw from it, through others too. */
export function chainOf(id: string, edges: Edge[]): Set<string> {
  const found = new Set([id]);
  const walk = (from: keyof Edge & ("from" | "to"), to: "from" | "to") => {
    const open = [id];
    const seen = new Set(open);
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      for (const edge of edges) {
        if (edge[from] === next && !seen.has(edge[to])) {
          seen.add(edge[to]);
          found.add(edge[to]);
          open.push(edge[to]);
        }
      }
    }
  };
  walk("from", "to");
  walk("to", "from");
  return found;
}
