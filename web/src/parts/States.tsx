import { Alert, Button, Loader } from "@mantine/core";
import type { ReactNode } from "react";

/** While something is being loaded. */
export function Waiting({ what }: { what: string }) {
  return (
    <div className="center" role="status" aria-label={`Loading ${what}`}>
      <Loader />
    </div>
  );
}

/** What went wrong, in the server's words. */
export function Refused({ error, retry }: { error: unknown; retry?: () => void }) {
  return (
    <Alert color="red" title="This did not work" role="alert">
      <p>{error instanceof Error ? error.message : String(error)}</p>
      {retry && (
        <Button size="xs" variant="default" onClick={retry}>
          Try again
        </Button>
      )}
    </Alert>
  );
}

/** Where there is nothing yet, and what to do about it. */
export function Empty({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="center">
      <div>
        <p className="row-name">{title}</p>
        <div className="quiet">{children}</div>
      </div>
    </div>
  );
}
