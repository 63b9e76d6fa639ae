import { Alert, Button } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useParams } from "react-router";
import { api, result, type Schemas } from "../api";
import { Ago } from "../parts/Ago";
import { Refused, Waiting } from "../parts/States";
import { useTitle } from "../parts/useTitle";
import { useMe } from "../queries";

/** A client waits for this browser to say whether it may act for whoever is signed in. */
export function Page() {
  useTitle("Log a client in");
  const { secret = "" } = useParams();
  const path = { params: { path: { secret } } };
  const login = useQuery({
    queryKey: ["client-login", secret],
    queryFn: () => result(api.GET("/client-logins/{secret}", path)),
    staleTime: Infinity,
    refetchOnWindowFocus: false,
  });
  const decide = useMutation({
    mutationFn: (allow: boolean) =>
      result(api.POST("/client-logins/{secret}", { ...path, body: { allow } })),
  });
  return (
    <>
      <div className="head">
        <h1>Log a client in</h1>
      </div>
      <section className="card padded stack">
        {login.isPending && <Waiting what="the login" />}
        {login.isError && <Refused error={login.error} />}
        {decide.isError && <Refused error={decide.error} />}
        {decide.isSuccess ? (
          <Decided allowed={decide.variables} />
        ) : (
          login.data && (
            <Question login={login.data} pending={decide.isPending} decide={decide.mutate} />
          )
        )}
      </section>
    </>
  );
}

function Question(props: {
  login: Schemas["ClientLogin"];
  pending: boolean;
  decide: (allow: boolean) => void;
}) {
  const { login } = props;
  const me = useMe();
  return (
    <>
      <p>
        A client wants a token that acts as <b>{me.data?.name}</b> on the registry{" "}
        <b>{login.registry}</b>.
      </p>
      <dl className="facts">
        <dt>It calls itself</dt>
        <dd>{login.client}</dd>
        <dt>It asked from</dt>
        <dd>{login.address}</dd>
        <dt>It asked</dt>
        <dd>
          <Ago at={login.created} />
        </dd>
      </dl>
      {!login.sameAddress && (
        <Alert color="orange" title="It is not where you are">
          The client asked from another address than this browser has. That is right if it runs on
          another machine; if somebody sent you this link, refuse.
        </Alert>
      )}
      <p className="quiet">Allow it only if you have just started the login yourself.</p>
      <div className="tools">
        <Button loading={props.pending} onClick={() => props.decide(true)}>
          Log it in
        </Button>
        <Button variant="default" disabled={props.pending} onClick={() => props.decide(false)}>
          Refuse
        </Button>
      </div>
    </>
  );
}

function Decided({ allowed }: { allowed: boolean }) {
  return (
    <Alert
      color={allowed ? "green" : "gray"}
      title={allowed ? "The client is logged in" : "The client is refused"}
      role="status"
    >
      {allowed
        ? "Go on in your terminal; this page can be closed. Its token stands under Tokens."
        : "It gets no token. If you did not start this login, nothing else is to be done."}
    </Alert>
  );
}
