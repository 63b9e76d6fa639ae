import { Button, CopyButton } from "@mantine/core";

/** Text to be copied into a terminal or a file. */
export function Command({ text, label }: { text: string; label: string }) {
  return (
    <div className="command">
      {/* Long lines scroll, so the keyboard must reach it. */}
      <pre tabIndex={0} role="group" aria-label={label}>
        {text}
      </pre>
      <CopyButton value={text}>
        {({ copied, copy }) => (
          <Button size="compact-xs" variant="default" onClick={copy} aria-label={`${copied ? "Copied" : "Copy"}: ${label}`}>
            {copied ? "Copied" : "Copy"}
          </Button>
        )}
      </CopyButton>
    </div>
  );
}
