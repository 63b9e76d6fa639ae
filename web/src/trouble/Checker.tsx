import { Alert, Badge, Button, Checkbox, Select, Textarea } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "react-router";
import { api, result, type Schemas } from "../api";
import { registryNames } from "../queries";
import { Refused } from "../parts/States";
import { holdsSecrets, masked } from "./secrets";

type Found = Schemas["TroubleFound"];
type Finding = Schemas["Finding"];

const LEVELS: Record<Finding["level"], { word: string; color: string }> = {
  wrong: { word: "Wrong", color: "red" },
  warning: { word: "Look at this", color: "orange" },
  fine: { word: "Fine", color: "green" },
};

const KINDS: Record<Found["kind"], string> = {
  npmrc: "Read as an .npmrc, or as variables that stand for it",
  yarnclassic: "Read as a .yarnrc of yarn classic",
  yarnrc: "Read as a .yarnrc.yml",
  bunfig: "Read as a bunfig.toml",
  message: "Read as what a client said",
};

/** Looks at pasted settings or messages. Secrets are masked on the page as soon as they were sent. */
export function Checker() {
  const [text, setText] = useState("");
  const [registry, setRegistry] = useState<string | null>(null);
  const [withSecrets, setWithSecrets] = useState(true);
  const names = useQuery(registryNames);
  const look = useMutation({
    mutationFn: (body: Schemas["Trouble"]) => result(api.POST("/troubleshooting", { body })),
  });
  const secret = holdsSecrets(text);
  const check = () => {
    const sent = withSecrets ? text : masked(text);
    setText(masked(text));
    look.mutate(registry ? { text: sent, registry } : { text: sent });
  };
  return (
    <section className="card padded stack" aria-labelledby="check">
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          check();
        }}
      >
        <h2 id="check">Check settings or an error</h2>
        <Textarea
          label="Settings, or what the client said"
          description="The .npmrc, .yarnrc, .yarnrc.yml or bunfig.toml, the variables of a build, or all that npm, yarn, pnpm, bun or deno printed. It is looked at and not kept."
          autosize
          minRows={5}
          maxRows={18}
          maxLength={48_000}
          spellCheck={false}
          autoComplete="off"
          classNames={{ input: "typed" }}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        {secret && (
          <Alert color="orange" title="This holds a secret" role="status">
            <p>It goes to this server alone, which keeps and logs nothing of it, and is masked here once you have sent it.</p>
            <Checkbox
              label="Send it along, to look a token of mine up"
              checked={withSecrets}
              onChange={(event) => setWithSecrets(event.currentTarget.checked)}
            />
          </Alert>
        )}
        <div className="tools">
          <Select
            className="choice"
            label="Registry"
            description="If the text names none."
            placeholder="As the text says"
            data={names.data ?? []}
            value={registry}
            onChange={setRegistry}
            clearable
            searchable
          />
          <Button type="submit" loading={look.isPending} disabled={text.trim() === ""}>
            Check
          </Button>
        </div>
      </form>
      {look.isError && <Refused error={look.error} />}
      {look.data && <Findings found={look.data} />}
    </section>
  );
}

function Findings({ found }: { found: Found }) {
  const wrong = found.findings.filter((one) => one.level === "wrong").length;
  return (
    <div role="status" aria-label="What was found">
      <h3>{wrong === 0 ? "Nothing is wrong as far as this server can tell" : `${wrong} wrong`}</h3>
      <p className="quiet">{KINDS[found.kind]}.</p>
      <ul className="plain findings">
        {found.findings.map((one, index) => (
          <li key={index}>
            <Badge color={LEVELS[one.level].color} variant="light">
              {LEVELS[one.level].word}
            </Badge>
            <div>
              <p>
                {one.line !== null && <b>Line {one.line}. </b>}
                {one.says}
              </p>
              {one.cure && <p className="quiet">{one.cure}</p>}
              {one.link && (
                <p>
                  <Link to={one.link}>See there</Link>
                </p>
              )}
            </div>
          </li>
        ))}
      </ul>
    </div>
  );
}
