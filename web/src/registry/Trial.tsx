import { Alert, Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { api, result, type Schemas } from "../api";
import { Refused } from "../parts/States";

type Outcome = Schemas["DryRun"];
type Version = Schemas["DryRunVersion"];

const SHOWN = 50;
const EFFECTS: Record<Version["effect"], string> = {
  breaks: "would be withheld",
  opens: "would be served again",
  withheld: "stays withheld",
  pending: "would be judged once its tarball is here",
  gone: "exists no more",
  unknown: "cannot be told",
  served: "stays served",
};

/** Tries a policy on what was fetched lately, before it is saved. */
export function Trial(props: { registry: string; policy: string; name: string; draft: () => Schemas["PolicyDraft"] }) {
  const path = { registry: props.registry, policy: props.policy };
  const attempt = useMutation({
    mutationFn: () =>
      result(
        api.POST("/registries/{registry}/policies/{policy}/dryrun", { params: { path }, body: props.draft() }),
      ),
  });
  return (
    <div className="stack">
      <div>
        <Button
          size="xs"
          variant="default"
          loading={attempt.isPending}
          aria-label={`Try it on the last 30 days: ${props.name}`}
          onClick={() => attempt.mutate()}
        >
          Try it on the last 30 days
        </Button>
      </div>
      {attempt.isError && <Refused error={attempt.error} />}
      {attempt.data && <Told outcome={attempt.data} />}
    </div>
  );
}

function Told({ outcome }: { outcome: Outcome }) {
  const breaks = outcome.counts.breaks ?? 0;
  const opens = outcome.counts.opens ?? 0;
  const versions = outcome.versions.slice(0, SHOWN);
  return (
    <Alert color={breaks > 0 ? "orange" : "green"} title={breaks > 0 ? "It would break installs" : "It would break nothing"} role="status">
      <p>
        Of {outcome.tried} versions that were fetched in the last 30 days
        {outcome.all ? "" : ", the first by name"}, {breaks} would be withheld and {opens} served again.
      </p>
      <ul className="plain">
        {versions.map((one) => (
          <li key={`${one.name}@${one.version}`}>
            <b>
              {one.name}@{one.version}
            </b>{" "}
            {EFFECTS[one.effect]}
            {one.effect === "breaks" &&
              (one.instead.length > 0 ? `; clients would take ${one.instead.join(" or ")}` : "; nothing takes its place")}
            <div className="quiet">
              {one.reasons.map((reason) => reason.sentence).join(" ")} {one.told}
            </div>
          </li>
        ))}
      </ul>
      {outcome.versions.length > SHOWN && <p className="quiet">And {outcome.versions.length - SHOWN} more.</p>}
    </Alert>
  );
}
