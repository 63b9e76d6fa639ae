import { useElementSize } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link, useNavigate } from "react-router";
import { api, result, type Schemas } from "../api";
import { Refused, Waiting } from "../parts/States";
import { chainOf, layout, sourceName, type Drawing, type Node } from "./layout";

const ROW = 46;
const BOX = 32;
const WIDEST = 190;
const NARROWEST = 88;

/** How registries draw from each other and from outside, as a drawing and as a list. */
export function Chains() {
  const query = useQuery({
    queryKey: ["upstreams", "chains"],
    queryFn: () => result(api.GET("/upstreams")),
  });
  const chains = query.data?.items ?? [];
  return (
    <section className="card padded" aria-labelledby="chains">
      <h2 id="chains">What draws from what</h2>
      {query.isPending && <Waiting what="how registries chain" />}
      {query.isError && <Refused error={query.error} retry={() => void query.refetch()} />}
      {query.isSuccess && chains.length === 0 && <p className="quiet">There is no registry to draw.</p>}
      {chains.length > 0 && (
        <>
          <Figure chains={chains} />
          <details>
            <summary>The same as a list</summary>
            <Told chains={chains} />
          </details>
        </>
      )}
    </section>
  );
}

function Told({ chains }: { chains: Schemas["Chain"][] }) {
  return (
    <ul className="plain">
      {chains.map((one) => (
        <li key={one.registry}>
          <Link to={`/registries/${one.registry}`}>{one.registry}</Link>
          {one.archived && " (archived)"} {sentence(one.upstreams)}
        </li>
      ))}
    </ul>
  );
}

function sentence(upstreams: Schemas["Upstream"][]): string {
  const names = upstreams.map((one) =>
    one.kind === "public" ? "the public registry" : one.kind === "external" ? `${sourceName(one)}, outside` : sourceName(one),
  );
  return names.length === 0 ? "draws from nothing else." : `draws from ${names.join(", then ")}.`;
}

function Figure({ chains }: { chains: Schemas["Chain"][] }) {
  const { ref, width } = useElementSize();
  const [chosen, setChosen] = useState<string | null>(null);
  const drawing = layout(chains);
  const lit = chosen === null ? null : chainOf(chosen, drawing.edges);
  const told = new Map(chains.map((one) => [`registry:${one.registry}`, `${one.registry} ${sentence(one.upstreams)}`]));
  const gap = width < 500 ? 26 : 90;
  const fitting = (width - 2 - gap * (drawing.columns - 1)) / drawing.columns;
  const box = Math.max(NARROWEST, Math.min(WIDEST, fitting));
  const x = (node: Node) => 1 + node.column * (box + gap);
  const y = (node: Node) => 6 + node.row * ROW;
  const whole = { width: 2 + drawing.columns * box + (drawing.columns - 1) * gap, height: 6 + drawing.rows * ROW };
  const dim = (...ids: string[]) => (lit === null || ids.every((id) => lit.has(id)) ? "" : " dim");
  return (
    <div ref={ref} className="chains" role="region" aria-label="Drawing of what draws from what" tabIndex={0}>
      <svg {...whole} viewBox={`0 0 ${whole.width} ${whole.height}`} role="group" aria-label="Each arrow leads to what a registry draws from">
        <defs>
          <marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">
            <path d="M0 0 8 4 0 8z" className="tip" />
          </marker>
        </defs>
        <g aria-hidden="true">
          <Lines drawing={drawing} box={box} x={x} y={y} dim={dim} />
        </g>
        {drawing.nodes.map((node) => (
          <g key={node.id} transform={`translate(${x(node)} ${y(node)})`} className={`node ${node.kind}${dim(node.id)}`}>
            <Box node={node} width={box} told={told.get(node.id)} choose={setChosen} />
          </g>
        ))}
      </svg>
    </div>
  );
}

function Lines(props: {
  drawing: Drawing;
  box: number;
  x: (node: Node) => number;
  y: (node: Node) => number;
  dim: (...ids: string[]) => string;
}) {
  const byId = new Map(props.drawing.nodes.map((one) => [one.id, one]));
  return props.drawing.edges.map((edge) => {
    const from = byId.get(edge.from);
    const to = byId.get(edge.to);
    if (!from || !to) {
      return null;
    }
    const x1 = props.x(from) + props.box;
    const y1 = props.y(from) + BOX / 2 + (edge.order - (edge.of + 1) / 2) * Math.min(13, (BOX - 6) / edge.of);
    const x2 = props.x(to);
    const y2 = props.y(to) + BOX / 2;
    const bend = Math.max(12, (x2 - x1) / 2);
    return (
      <g key={`${edge.from} ${edge.order}`} className={`line${props.dim(edge.from, edge.to)}`}>
        <path d={`M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2 - 1} ${y2}`} markerEnd="url(#arrow)" />
        {edge.of > 1 && (
          <text x={x1 + 4} y={y1 - 2}>
            {edge.order}
          </text>
        )}
      </g>
    );
  });
}

function Box(props: { node: Node; width: number; told: string | undefined; choose: (id: string | null) => void }) {
  const navigate = useNavigate();
  const { node } = props;
  const most = Math.floor((props.width - 16) / 7.4);
  const name = node.name.length > most ? `${node.name.slice(0, most - 1)}…` : node.name;
  const drawn = (
    <>
      <title>{props.told ?? node.name}</title>
      <rect width={props.width} height={BOX} rx="6" />
      <text x="8" y={BOX / 2 + 4.5}>
        {name}
      </text>
    </>
  );
  const choosing = { onPointerEnter: () => props.choose(node.id), onPointerLeave: () => props.choose(null) };
  if (node.kind !== "registry") {
    const words = node.kind === "public" ? "The public registry" : node.kind === "external" ? `${node.name}, outside` : node.name;
    return (
      <g role="img" aria-label={words} {...choosing}>
        {drawn}
      </g>
    );
  }
  const page = `/registries/${node.name}`;
  return (
    <a
      href={page}
      aria-label={`${props.told ?? node.name}${node.archived ? " It is archived." : ""}`}
      onFocus={() => props.choose(node.id)}
      onBlur={() => props.choose(null)}
      onClick={(event) => {
        if (!event.metaKey && !event.ctrlKey && !event.shiftKey) {
          event.preventDefault();
          void navigate(page);
        }
      }}
      {...choosing}
    >
      {drawn}
    </a>
  );
}
