// Compresses what vite has built, once and well, and lists it for the server in files.txt.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const root = new URL("../../target/web/app", import.meta.url).pathname;
const budget = 250 * 1024;

const files = readdirSync(root, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => relative(root, join(entry.parentPath ?? entry.path, entry.name)))
  .filter((name) => !/\.(gz|br)$/.test(name) && name !== "files.txt")
  .sort();

for (const name of files) {
  const bytes = readFileSync(join(root, name));
  writeFileSync(join(root, name + ".gz"), gzipSync(bytes, { level: 9 }));
  writeFileSync(
    join(root, name + ".br"),
    brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }),
  );
}
writeFileSync(join(root, "files.txt"), files.join("\n") + "\n");

// What the first page loads: the scripts that index.html names.
const page = readFileSync(join(root, "index.html"), "utf8");
const first = [...page.matchAll(/(?:src|href)="\/(assets\/[^"]+\.js)"/g)].map((match) => match[1]);
const size = first.reduce((sum, name) => sum + readFileSync(join(root, name + ".gz")).length, 0);
console.log(`first page: ${Math.round(size / 1024)} KB of compressed script in ${first.length} files`);
if (size > budget) {
  console.error(`That is more than ${budget / 1024} KB.`);
  process.exit(1);
}
