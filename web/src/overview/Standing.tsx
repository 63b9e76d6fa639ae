import { Badge } from "@mantine/core";
import type { Schemas } from "../api";
import { Ago } from "../parts/Ago";

const STATES = {
  answers: { color: "green", word: "answers" },
  fails: { color: "red", word: "fails" },
  unknown: { color: "gray", word: "not asked since the server started" },
} as const;

/** How it stands with an upstream, as this server has seen it. */
export function Standing({ one }: { one: Schemas["UpstreamHealth"] }) {
  const { color, word } = STATES[one.state];
  return (
    <div className="quiet">
      <Badge variant="light" color={color}>
        {word}
      </Badge>{" "}
      {one.answered !== null && (
        <>
          answered <Ago at={one.answered} />
          {one.millis !== null && `, usually within ${one.millis.toLocaleString("en")} ms`}.{" "}
        </>
      )}
      {one.failed !== null && (
        <span className="words">
          Failed <Ago at={one.failed} />: {one.failure}{" "}
          {one.failures > 0 && `(${one.failures.toLocaleString("en")} within the last hour)`}
        </span>
      )}
    </div>
  );
}
