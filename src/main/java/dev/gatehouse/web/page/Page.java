package dev.gatehouse.web.page;

import dev.gatehouse.http.Response;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/// A page that stands alone: no script, nothing loaded from elsewhere, one style whose hash the
/// Content-Security-Policy names.
public final class Page {
  private static final String STYLE =
      """
      :root { color-scheme: light dark; --ink: #1d2433; --soft: #566075; --paper: #fff;
        --ground: #f2f4f8; --line: #8791a5; --accent: #1f5fbf; --bad: #a3161d; --code: #eef1f6 }
      @media (prefers-color-scheme: dark) {
        :root { --ink: #e8ebf2; --soft: #aab3c5; --paper: #1b202b; --ground: #12151c;
          --line: #6b7690; --accent: #8ab4ff; --bad: #ff9d9d; --code: #262d3b } }
      * { box-sizing: border-box }
      body { margin: 0; padding: 6vh 1rem; background: var(--ground); color: var(--ink);
        font: 1rem/1.5 system-ui, sans-serif }
      main { max-width: 34rem; margin: 0 auto; padding: 2rem; background: var(--paper);
        border-radius: .75rem; box-shadow: 0 1px 3px rgb(0 0 0 / .15) }
      h1 { margin: 0 0 .5rem; font-size: 1.5rem; line-height: 1.2 }
      p { margin: 0 0 1rem }
      label { display: block; margin-top: 1rem; font-weight: 600 }
      .hint { margin: 0; color: var(--soft); font-size: .875rem }
      input { display: block; width: 100%; margin-top: .25rem; padding: .6rem .7rem; font: inherit;
        color: inherit; background: transparent; border: 1px solid var(--line);
        border-radius: .4rem }
      button { margin-top: 1.5rem; padding: .65rem 1.4rem; font: inherit; font-weight: 600;
        color: var(--paper); background: var(--accent); border: 0; border-radius: .4rem;
        cursor: pointer }
      :focus-visible { outline: 3px solid var(--accent); outline-offset: 2px }
      .problem { padding: .7rem 1rem; border-left: 4px solid var(--bad); color: var(--bad) }
      table { width: 100%; margin: 0 0 1rem; border-collapse: collapse }
      th, td { padding: .4rem .6rem .4rem 0; text-align: left; vertical-align: top;
        border-bottom: 1px solid var(--code); overflow-wrap: anywhere }
      th { white-space: nowrap; font-weight: 600 }
      pre { margin: 0 0 1rem; padding: .8rem 1rem; white-space: pre-wrap; overflow-wrap: anywhere; background: var(--code);
        border-radius: .4rem; font: .875rem/1.6 ui-monospace, monospace }
      """;

  private static final String POLICY =
      "default-src 'none'; style-src 'sha256-"
          + hash(STYLE)
          + "'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

  private Page() {}

  /// A page. `content` is HTML, everything in it that comes from outside [#escaped].
  public static Response of(int status, String title, String content) {
    byte[] html =
        """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="robots" content="noindex">
        <title>%s · Gatehouse</title>
        <style>%s</style>
        </head>
        <body>
        <main>
        %s</main>
        </body>
        </html>
        """
            .formatted(escaped(title), STYLE, content)
            .getBytes(StandardCharsets.UTF_8);
    return Response.bytes(status, "text/html; charset=utf-8", html)
        .with("content-security-policy", POLICY)
        .with("referrer-policy", "no-referrer")
        .with("cache-control", "no-store")
        .with("x-content-type-options", "nosniff")
        .with("x-frame-options", "DENY");
  }

  /// `text` as it may stand in HTML, in attributes too.
  public static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  private static String hash(String style) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return Base64.getEncoder()
          .encodeToString(digest.digest(style.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException(missing);
    }
  }
}
