import { Select, TextInput } from "@mantine/core";
import { useSearchParams } from "react-router";

/** What a list's address says behind its "?", so that it can be shared; empty means nothing is said. */
export interface Filters {
  get: (name: string) => string;
  set: (name: string, value: string) => void;
}

export function useFilters(): Filters {
  const [params, setParams] = useSearchParams();
  return {
    get: (name) => params.get(name) ?? "",
    set: (name, value) =>
      setParams(
        (before) => {
          const next = new URLSearchParams(before);
          if (value) {
            next.set(name, value);
          } else {
            next.delete(name);
          }
          return next;
        },
        { replace: true },
      ),
  };
}

/** What was asked for, without what was not. */
export function given<T extends object>(wanted: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}

/** A field that says which of a list is wanted, in words. */
export function Search(props: { filters: Filters; hint: string; name?: string; label?: string }) {
  const name = props.name ?? "search";
  return (
    <TextInput
      className="grow"
      type="search"
      label={props.label ?? "Search"}
      placeholder={props.hint}
      value={props.filters.get(name)}
      onChange={(event) => props.filters.set(name, event.currentTarget.value)}
    />
  );
}

/** A choice of what a list shows; its first one is what holds when nothing is said. */
export function Choice(props: {
  filters: Filters;
  name: string;
  label: string;
  data: { value: string; label: string }[];
}) {
  const usual = props.data[0]?.value ?? "";
  return (
    <Select
      className="choice"
      label={props.label}
      data={props.data}
      value={props.filters.get(props.name) || usual}
      allowDeselect={false}
      onChange={(value) => props.filters.set(props.name, value === usual ? "" : (value ?? ""))}
    />
  );
}
