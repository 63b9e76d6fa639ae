/** Characters that hide or turn text around: shown by their numbers, so that nobody is fooled. */
const HIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g;

/** An author's text, so that it shows what it is. */
export const plain = (text: string) =>
  text.replace(/\r\n/g, "\n").replace(HIDDEN, (c) => `⟦U+${c.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}⟧`);

/** Bytes in a unit that is read at a glance. */
export function bytes(size: number): string {
  if (size < 1000) {
    return `${size} B`;
  }
  const [by, unit] = size < 1_000_000 ? [1000, "kB"] : [1_000_000, "MB"];
  return `${(size / by).toFixed(size / by < 10 ? 1 : 0)} ${unit}`;
}
