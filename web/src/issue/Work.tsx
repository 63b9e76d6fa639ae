import { Button, Select, Textarea, TextInput } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api, result, type Schemas } from "../api";
import { Refused } from "../parts/States";
import { issueChanged } from "../queries";

type Severity = Schemas["Issue"]["severity"];

/** What people do about an issue. */
export function Work({ shown, tag }: { shown: Schemas["IssueDetails"]; tag: string }) {
  const { issue } = shown;
  const change = useMutation({
    mutationFn: (body: Schemas["IssueChange"]) =>
      result(
        api.PATCH("/issues/{issue}", {
          params: { path: { issue: String(issue.number) }, header: { "If-Match": tag } },
          body,
        }),
      ),
    onSettled: (_data, error) => (error ? undefined : issueChanged()),
  });
  const doing = { pending: change.isPending, change: change.mutate };
  return (
    <section className="card padded stack" aria-label="Work on it">
      {change.isError && <Refused error={change.error} retry={() => void issueChanged()} />}
      <Assignee issue={issue} doing={doing} />
      {shown.mayChange && <Status issue={issue} doing={doing} />}
      {shown.mayChange && <Wording shown={shown} doing={doing} />}
    </section>
  );
}

interface Doing {
  pending: boolean;
  change: (body: Schemas["IssueChange"]) => void;
}

function Assignee({ issue, doing }: { issue: Schemas["Issue"]; doing: Doing }) {
  const users = useQuery({
    queryKey: ["users", "active"],
    queryFn: async () => {
      const page = await result(api.GET("/users", { params: { query: { limit: 200 } } }));
      return page.items.filter((one) => one.active).map((one) => one.name);
    },
  });
  const names = new Set([...(users.data ?? []), ...(issue.assignee ? [issue.assignee] : [])]);
  return (
    <Select
      label="Who looks after it"
      placeholder="Nobody"
      data={[...names]}
      value={issue.assignee}
      disabled={doing.pending}
      searchable
      clearable
      clearButtonProps={{ "aria-label": "Nobody" }}
      onChange={(assignee) => doing.change({ assignee })}
    />
  );
}

function Status({ issue, doing }: { issue: Schemas["Issue"]; doing: Doing }) {
  const [reason, setReason] = useState("");
  const open = issue.status === "open";
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        doing.change({ status: open ? "closed" : "open", reason });
      }}
    >
      <Textarea
        label={open ? "Why it can be closed" : "Why it is open again"}
        description={
          open ? "It is closed for what is known now, and opened again where it is found elsewhere." : undefined
        }
        autosize
        minRows={2}
        required
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <div>
        <Button type="submit" size="xs" variant="default" loading={doing.pending} disabled={reason.trim() === ""}>
          {open ? "Close it" : "Open it again"}
        </Button>
      </div>
    </form>
  );
}

function Wording({ shown, doing }: { shown: Schemas["IssueDetails"]; doing: Doing }) {
  const { issue, found } = shown;
  const [editing, setEditing] = useState(false);
  const [title, setTitle] = useState(issue.title);
  const [severity, setSeverity] = useState<Severity>(issue.severity);
  const own = found.title !== issue.title || found.severity !== issue.severity;
  if (!editing) {
    return (
      <div className="chips">
        <Button size="xs" variant="default" onClick={() => setEditing(true)}>
          Edit title and severity
        </Button>
        {own && (
          <Button
            size="xs"
            variant="default"
            loading={doing.pending}
            onClick={() => doing.change({ title: null, severity: null })}
          >
            Go by what was found
          </Button>
        )}
      </div>
    );
  }
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        doing.change({ title, severity });
      }}
    >
      <TextInput
        label="Title"
        required
        maxLength={300}
        value={title}
        onChange={(event) => setTitle(event.currentTarget.value)}
      />
      <Select
        label="Severity"
        data={["critical", "high", "moderate", "low", "unknown"]}
        value={severity}
        allowDeselect={false}
        onChange={(value) => setSeverity((value ?? "unknown") as Severity)}
      />
      <div className="chips">
        <Button type="submit" size="xs" loading={doing.pending}>
          Save
        </Button>
        <Button size="xs" variant="default" onClick={() => setEditing(false)}>
          Cancel
        </Button>
      </div>
    </form>
  );
}
