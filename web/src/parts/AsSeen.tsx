import { useQuery } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { Refused, Waiting } from "./States";

/** Something, and the entity tag of the state that it is in. */
export interface Seen<T> {
  value: T;
  tag: string;
}

/**
 * What is about to be changed, read once for each opening of the dialog around it: its tag goes with the change, which then
 * undoes nobody else's. A dialog that is opened again while it still fades out has never left the page.
 */
export function AsSeen<T>({ what, opened, load, children }: {
  what: string;
  opened: boolean;
  load: () => Promise<Seen<T>>;
  children: (seen: Seen<T>) => ReactNode;
}) {
  const [opening, setOpening] = useState({ count: 0, opened });
  if (opening.opened !== opened) {
    setOpening({ count: opening.count + (opened ? 1 : 0), opened });
  }
  const query = useQuery({
    queryKey: ["as-seen", what, opening.count],
    queryFn: load,
    gcTime: 0,
    staleTime: Infinity,
    refetchOnWindowFocus: false,
  });
  if (query.isPending) {
    return <Waiting what={what} />;
  }
  if (query.isError) {
    return <Refused error={query.error} retry={() => void query.refetch()} />;
  }
  return children(query.data);
}
