import { Button, Table } from "@mantine/core";
import { keepPreviousData, useInfiniteQuery, type InfiniteData, type UseInfiniteQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Empty, Refused, Waiting } from "./States";

interface Part<T> {
  items: T[];
  next: string | null;
  total: number;
}

type Parts<T> = UseInfiniteQueryResult<InfiniteData<Part<T>>>;

/** What the API gives in parts; `fetch` is told where the next one begins. */
export function useParts<T>(key: unknown[], fetch: (from: { cursor?: string }) => Promise<Part<T>>): Parts<T> {
  return useInfiniteQuery({
    queryKey: key,
    queryFn: ({ pageParam }) => fetch(pageParam ? { cursor: pageParam } : {}),
    initialPageParam: null as string | null,
    getNextPageParam: (part) => part.next,
    placeholderData: keepPreviousData,
  });
}

/** A table of what has been loaded, or what stands in its place: a wait, a refusal, nothing yet. */
export function List<T>(props: {
  title: string;
  parts: Parts<T>;
  empty: { title: string; hint?: ReactNode };
  head: ReactNode;
  row: (one: T) => ReactNode;
  /** Where the total ends to be counted. */
  counted?: number;
}) {
  const { parts } = props;
  const items = parts.data?.pages.flatMap((part) => part.items) ?? [];
  if (parts.isPending) {
    return <Waiting what={props.title.toLowerCase()} />;
  }
  return (
    <>
      {parts.isError && <Refused error={parts.error} retry={() => void parts.refetch()} />}
      {parts.isSuccess && items.length === 0 && (
        <div className="card">
          <Empty title={props.empty.title}>{props.empty.hint}</Empty>
        </div>
      )}
      {items.length > 0 && (
        <div className="card scroll">
          <Table aria-label={props.title}>
            <Table.Thead>
              <Table.Tr>{props.head}</Table.Tr>
            </Table.Thead>
            <Table.Tbody>{items.map(props.row)}</Table.Tbody>
          </Table>
          <div className="between card-foot">
            <span className="quiet">
              {items.length} of {total(parts.data?.pages[0]?.total ?? 0, props.counted)}
            </span>
            {parts.hasNextPage && (
              <Button
                size="xs"
                variant="default"
                loading={parts.isFetchingNextPage}
                onClick={() => void parts.fetchNextPage()}
              >
                Show more
              </Button>
            )}
          </div>
        </div>
      )}
    </>
  );
}

function total(count: number, counted = Infinity) {
  return count < counted ? String(count) : `${counted.toLocaleString("en")}+`;
}
