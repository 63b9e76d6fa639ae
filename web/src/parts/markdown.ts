import DOMPurify from "dompurify";
import { marked } from "marked";

/** Elements that a README needs; forms, frames, media that plays and whatever scripts are not. */
const TAGS = [
  ...["a", "abbr", "b", "blockquote", "br", "code", "dd", "del", "details", "div", "dl", "dt", "em"],
  ...["h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "img", "ins", "kbd", "li", "ol", "p", "picture"],
  ...["pre", "q", "s", "samp", "small", "span", "strong", "sub", "summary", "sup", "table", "tbody"],
  ...["td", "tfoot", "th", "thead", "tr", "ul", "var"],
];
const ATTRIBUTES = ["href", "title", "alt", "src", "width", "height", "align", "start", "colspan", "rowspan", "open"];

const purify = DOMPurify(window);

purify.addHook("afterSanitizeAttributes", (node) => {
  if (node.tagName === "A") {
    const href = node.getAttribute("href") ?? "";
    if (/^https?:\/\//i.test(href)) {
      node.setAttribute("rel", "noopener noreferrer nofollow ugc");
      node.setAttribute("target", "_blank");
    } else {
      // A path or fragment of the author's repository leads nowhere here.
      node.removeAttribute("href");
    }
  }
  if (node.tagName === "IMG") {
    // Nothing is loaded from elsewhere: whoever reads a README tells nobody.
    const alt = node.getAttribute("alt") ?? "";
    node.replaceWith(node.ownerDocument.createTextNode(alt ? `[${alt}]` : ""));
  }
});

/** The HTML of an author's Markdown, as harmless as text. */
export function render(markdown: string): string {
  const html = marked.parse(markdown, { async: false, gfm: true });
  return purify.sanitize(html, {
    ALLOWED_TAGS: TAGS,
    ALLOWED_ATTR: ATTRIBUTES,
    ALLOW_DATA_ATTR: false,
    ALLOW_ARIA_ATTR: false,
    ALLOWED_URI_REGEXP: /^https?:\/\//i,
  });
}
