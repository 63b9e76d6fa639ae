import { Alert, Button, TextInput } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useParams } from "react-router";
import { api, result, type Schemas } from "../api";
import { Ago } from "../parts/Ago";
import { Refused, Waiting } from "../parts/States";
import { useTitle } from "../parts/useTitle";

/** A change of a package waits for its person to show their second factor here. */
export function Page() {
  useTitle("Confirm a change");
  const { secret = "" } = useParams();
  const path = { params: { path: { secret } } };
  const change = useQuery({
    queryKey: ["confirmation", secret],
    queryFn: () => result(api.GET("/confirmations/{secret}", path)),
    staleTime: Infinity,
    refetchOnWindowFocus: false,
  });
  const decide = useMutation({
    mutationFn: (code: string | null) =>
      result(
        api.POST("/confirmations/{secret}", {
          ...path,
          body: code === null ? { allow: false } : { allow: true, code },
        }),
      ),
  });
  return (
    <>
      <div className="head">
        <h1>Confirm a change</h1>
      </div>
      <section className="card padded stack">
        {change.isPending && <Waiting what="the change" />}
        {change.isError && <Refused error={change.error} />}
        {decide.isError && <Refused error={decide.error} />}
        {decide.isSuccess ? (
          <Decided allowed={decide.variables !== null} />
        ) : (
          change.data && (
            <Question change={change.data} pending={decide.isPending} decide={decide.mutate} />
          )
        )}
      </section>
    </>
  );
}

function Question(props: {
  change: Schemas["Confirmation"];
  pending: boolean;
  decide: (code: string | null) => void;
}) {
  const { change } = props;
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        props.decide(String(new FormData(event.currentTarget).get("code")));
      }}
    >
      <p>
        A client wants to {change.action} <b>{change.subject}</b> in the registry <b>{change.registry}</b>,
        in your name.
      </p>
      <dl className="facts">
        <dt>It calls itself</dt>
        <dd>{change.client || "nothing"}</dd>
        <dt>It asked from</dt>
        <dd>{change.address}</dd>
        <dt>It asked</dt>
        <dd>
          <Ago at={change.created} />
        </dd>
      </dl>
      {!change.sameAddress && (
        <Alert color="orange" title="It is not where you are">
          The client asks from another address than this browser has. That is right if it runs on another
          machine; if you did not start it, refuse.
        </Alert>
      )}
      <TextInput
        name="code"
        label="A code of your second factor"
        description="What your app shows now, or a recovery code."
        autoComplete="one-time-code"
        required
        data-autofocus
      />
      <p className="quiet">Confirm it only if you have just started it yourself.</p>
      <div className="tools">
        <Button type="submit" loading={props.pending}>
          Confirm
        </Button>
        <Button variant="default" disabled={props.pending} onClick={() => props.decide(null)}>
          Refuse
        </Button>
      </div>
    </form>
  );
}

function Decided({ allowed }: { allowed: boolean }) {
  return (
    <Alert
      color={allowed ? "green" : "gray"}
      title={allowed ? "The change is confirmed" : "The change is refused"}
      role="status"
    >
      {allowed
        ? "Go on in your terminal; this page can be closed."
        : "Nothing was changed. If you did not start this, revoke the tokens that you do not know: somebody has one."}
    </Alert>
  );
}
