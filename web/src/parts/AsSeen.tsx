import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Refused, Waiting } from "./States";

/** Something, and the entity tag of the state that it is in. */
export interface Seen<T> {
  value: T;
  tag: string;
}

/** What is about to be changed, read once: its tag goes with the change, which then undoes nobody else's. */
export function AsSeen<T>({ what, load, children }: {
  what: string;
  load: () => Promise<Seen<T>>;
  children: (seen: Seen<T>) => ReactNode;
}) {
  const query = useQuery({
    queryKey: ["as-seen", what],
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
