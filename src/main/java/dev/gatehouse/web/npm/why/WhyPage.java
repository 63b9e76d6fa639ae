package dev.gatehouse.web.npm.why;

import dev.gatehouse.http.Response;
import dev.gatehouse.policy.PolicyName;
import dev.gatehouse.web.page.Page;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// The page that refusals link to.
final class WhyPage {
  private WhyPage() {}

  static Response of(Why why) {
    String title = why.name() + "@" + why.version();
    return Page.of(
        200,
        title,
        "<h1>%s</h1>\n<p%s>%s</p>\n<p>Signature: %s.</p>\n<p>Provenance: %s</p>\n%s%s"
            .formatted(
                Page.escaped(title),
                why.isServed() ? "" : " class=\"problem\"",
                Page.escaped(verdict(why)),
                Page.escaped(signature(why)),
                Page.escaped(provenance(why.provenance())),
                why.registries().stream().map(WhyPage::opinion).collect(Collectors.joining()),
                why.isServed() ? "" : asking(why)));
  }

  /// For a browser without a credential, which then asks for a name and password.
  static Response askForPassword(String sentence) {
    return Page.of(
            401, "Sign in", "<h1>Sign in</h1>\n<p>%s</p>\n".formatted(Page.escaped(sentence)))
        .with("www-authenticate", "Basic realm=\"Gatehouse\", charset=\"UTF-8\"");
  }

  /// Whoever installs can ask; whoever runs the server can answer, with these words.
  private static String asking(Why why) {
    String commands =
        why.registries().stream()
            .flatMap(one ->
                one.policies().stream()
                    .filter(line -> line.outcome().equals("withholds"))
                    .flatMap(line -> opening(one.registry(), line.policy(), why).stream()))
            .collect(Collectors.joining("\n"));
    return """
    <h2>What you can do</h2>
    <p>Take another version: your client sees those that are served. If you need this one, ask a
    person who runs this server to open it, and send them this page. They do so with</p>
    <pre>%s</pre>
    """
        .formatted(Page.escaped(commands));
  }

  /// The command that opens a version for a policy, if there is one: a person's decision is ended,
  /// others are waived, and a frozen registry stays frozen.
  private static Optional<String> opening(String registry, String policy, Why why) {
    String subject = registry + " " + why.name() + "@" + why.version();
    return switch (PolicyName.parse(policy)) {
      case FREEZE, IMMUTABLE -> Optional.empty();
      case DECISION -> Optional.of("./gatehouse quarantine release " + subject + " --reason \"…\"");
      case null, default ->
          Optional.of(
              "./gatehouse waiver add %s --policy %s --until 30d --reason \"…\""
                  .formatted(subject, policy));
    };
  }

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

  private static String provenance(Why.Provenance provenance) {
    String state =
        switch (provenance.state()) {
          case "verified" -> "verified.";
          case "wrong" -> "wrong, it does not verify.";
          case "none" -> "none, nobody says how it was built.";
          case "received" ->
              "received, the registry that it comes from says that there is one, and nobody here"
                  + " has checked it.";
          default -> "pending.";
        };
    String issuer =
        provenance.signer() == null
            ? ""
            : " That is the word of " + provenance.signer().issuer() + ".";
    return state + (provenance.sentence() == null ? "" : " " + provenance.sentence()) + issuer;
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
                    .sorted(Map.Entry.comparingByKey())
                    .map(one -> Page.escaped(one.getKey() + ": " + one.getValue()))
                    .collect(Collectors.joining("; ")));
  }
}
