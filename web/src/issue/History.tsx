import { Button, Textarea } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { api, result, type Schemas } from "../api";
import { Ago } from "../parts/Ago";
import { Refused } from "../parts/States";
import { useOnce } from "../parts/useOnce";
import { Words } from "../parts/Words";
import { issueChanged } from "../queries";

const DID: Record<string, string> = {
  opened: "opened it",
  found: "found it",
  gone: "found it gone",
  fetched: "saw it fetched",
  comment: "says",
  assigned: "gave it to",
  edited: "called it",
  closed: "closed it",
  reopened: "opened it again",
};

/** What happened to an issue, and what people say about it. */
export function History({ shown }: { shown: Schemas["IssueDetails"] }) {
  return (
    <section className="card">
      <h2 className="card-head">History</h2>
      <ol className="list">
        {shown.history.map((one, i) => (
          <li key={i}>
            <span className="row-name">{one.by}</span> {DID[one.what] ?? one.what}{" "}
            <span className="quiet">
              <Ago at={one.at} />
            </span>
            <div className={one.what === "comment" ? "said" : "quiet"}>
              <Words text={one.text} />
            </div>
          </li>
        ))}
      </ol>
      {shown.mayComment && <Comment issue={String(shown.issue.number)} />}
    </section>
  );
}

function Comment({ issue }: { issue: string }) {
  const [text, setText] = useState("");
  const once = useOnce();
  const say = useMutation({
    mutationFn: () =>
      result(
        api.POST("/issues/{issue}/comments", {
          params: { path: { issue }, header: once.header({ issue, text }) },
          body: { text },
        }),
      ),
    onSuccess: async () => {
      once.done();
      setText("");
      await issueChanged();
    },
  });
  return (
    <form
      className="card-foot stack"
      onSubmit={(event) => {
        event.preventDefault();
        say.mutate();
      }}
    >
      {say.isError && <Refused error={say.error} />}
      <Textarea
        label="Comment"
        description="#12 leads to that issue, an https address leads there."
        autosize
        minRows={2}
        maxRows={12}
        maxLength={10_000}
        required
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <div>
        <Button type="submit" size="xs" loading={say.isPending} disabled={text.trim() === ""}>
          Say it
        </Button>
      </div>
    </form>
  );
}
