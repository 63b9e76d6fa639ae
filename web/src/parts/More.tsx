import { Button } from "@mantine/core";

/** Loads the next part of a list. */
export function More(props: { shown: number; total: number; more: boolean; loading: boolean; load: () => void }) {
  return (
    <div className="between card-foot">
      <span className="quiet">
        {props.shown} of {props.total}
      </span>
      {props.more && (
        <Button size="xs" variant="default" loading={props.loading} onClick={props.load}>
          Show more
        </Button>
      )}
    </div>
  );
}
