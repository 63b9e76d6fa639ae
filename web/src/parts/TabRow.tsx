import { Tabs } from "@mantine/core";
import { useEffect, useRef } from "react";

/** A row of tabs, which scrolls where it is wider than the window: to the current one. */
export function TabRow({ tabs, current }: { tabs: readonly (readonly [string, string])[]; current: string }) {
  const row = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const tab = row.current?.querySelector("[role=tab][aria-selected=true]")?.getBoundingClientRect();
    if (tab && row.current) {
      const window = row.current.getBoundingClientRect();
      row.current.scrollLeft += tab.left - window.left - (window.width - tab.width) / 2;
    }
  }, [current]);
  return (
    <div className="scroll" ref={row}>
      <Tabs.List className="tabs">
        {tabs.map(([value, label]) => (
          <Tabs.Tab key={value} value={value}>
            {label}
          </Tabs.Tab>
        ))}
      </Tabs.List>
    </div>
  );
}
