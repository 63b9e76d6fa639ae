package dev.gatehouse.web.npm.why;

import dev.gatehouse.http.Response;
import dev.gatehouse.web.page.Page;
import java.util.stream.Collectors;

/// The page that refusals link to.
final class WhyPage {
  private WhyPage() {}

  static Response of(Why why) {
    String title = why.name() + "@" + why.version();
    return Page.of(
        200,
        title,
        "<h1>%s</h1>\n<p%s>%s</p>\n<p>Signature: %s.</p>\n%s%s"
            .formatted(
                Page.escaped(title),
                why.isServed() ? "" : " class=\"problem\"",
                Page.escaped(verdict(why)),
                Page.escaped(signature(why)),
                why.registries().stream().map(WhyPage::opinion).collect(Collectors.joining()),
                why.isServed() ? "" : ASKING));
  }

  /// For a browser without a credential, which then asks for a name and password.
  static Response askForPassword(String sentence) {
    return Page.of(
            401, "Sign in", "<h1>Sign in</h1>\n<p>%s</p>\n".formatted(Page.escaped(sentence)))
        .with("www-authenticate", "Basic realm=\"Gatehouse\", charset=\"UTF-8\"");
  }

  private static final String ASKING =
      """
      <h2>What you can do</h2>
      <p>Take another version: your client sees those that are served. If you need this one, ask a
      person who administers the registry for a waiver; tell them the line above that withholds
      it. They open it with</p>
      <pre>./gatehouse waiver add</pre>
      """;

  private static String verdict(Why why) {
    return switch (why.verdict()) {
      case "hold" -> "It is held until " + why.until() + ".";
      case "quarantine" -> "It is in quarantine until a person decides.";
      case "block" -> "It is blocked.";
      default -> "It is served.";
    };
  }

  private static String signature(Why why) {
    return switch (why.signature()) {
      case "verified" -> "verified with a key of the registry that it comes from";
      case "wrong" -> "wrong, it does not verify";
      case "absent" -> "absent, although the registry that it comes from signs";
      case "unchecked" -> "unchecked, the registry that it comes from lists no keys";
      case "received" ->
          "received, ours says what came from a registry that signs nothing, and not who made it";
      default -> "pending, the keys of the registry that it comes from are not known yet";
    };
  }

  private static String opinion(Why.Opinion opinion) {
    String rows =
        opinion.policies().stream()
            .filter(line -> !line.outcome().equals("off"))
            .map(WhyPage::row)
            .collect(Collectors.joining());
    String off =
        opinion.policies().stream()
            .filter(line -> line.outcome().equals("off"))
            .map(Why.Line::policy)
            .collect(Collectors.joining(", "));
    return "<h2>Registry %s</h2>\n<table>\n%s</table>\n<p class=\"hint\">Off: %s.</p>\n"
        .formatted(Page.escaped(opinion.registry()), rows, Page.escaped(off));
  }

  private static String row(Why.Line line) {
    String said =
        line.reasons().stream()
            .map(one -> Page.escaped(one.sentence()) + evidence(one))
            .collect(Collectors.joining("<br>"));
    return "<tr><th scope=\"row\">%s</th><td>%s</td><td>%s</td></tr>\n"
        .formatted(
            Page.escaped(line.policy()), Page.escaped(line.outcome().replace('-', ' ')), said);
  }

  private static String evidence(Why.Said said) {
    return said.evidence().isEmpty()
        ? ""
        : "<br><span class=\"hint\">%s</span>"
            .formatted(
                said.evidence().entrySet().stream()
                    .sorted(java.util.Map.Entry.comparingByKey())
                    .map(one -> Page.escaped(one.getKey() + ": " + one.getValue()))
                    .collect(Collectors.joining("; ")));
  }
}
