package dev.gatehouse.app.command.registry;

import dev.gatehouse.app.command.OperatorSession;
import dev.gatehouse.registries.Registry;
import dev.gatehouse.registries.Upstreams;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// What `registry create` is asked for.
final class NewRegistry {
  @Parameters(paramLabel = "NAME", description = "Small letters, digits, dots and dashes.")
  private String name = "";

  @Option(
      names = "--upstream",
      paramLabel = "TARGET",
      description =
          "Where its packages come from: public, registry:NAME for one here, or a URL. May be"
              + " repeated: the first one that has a version wins (default: none).")
  private List<String> upstreams = new ArrayList<>();

  @Option(names = "--anonymous-read", description = "Installing from it needs no token.")
  private boolean anonymousRead;

  @Option(
      names = "--firewall",
      description = "Withhold malware and critical vulnerabilities from the start.")
  private boolean firewall;

  @Option(names = "--overwrite", description = "A published version may be replaced.")
  private boolean overwriting;

  @Option(names = "--owners-only", description = "Only a package's owners may change it.")
  private boolean ownersOnly;

  @Option(
      names = "--second-factor",
      description = "Changes of packages need the second factor of whoever makes them.")
  private boolean secondFactor;

  @Option(
      names = "--approver",
      paramLabel = "ROLE",
      description = "Who decides on exceptions: owner, admin or developer, and those above.")
  private Registry.Approver approver = Registry.Approver.ADMIN;

  @Option(
      names = "--scope",
      paramLabel = "@SCOPE",
      description =
          "Claim a scope: its packages are never asked of a public upstream. May be repeated.")
  private List<String> scopes = new ArrayList<>();

  /// Makes the registry. Whatever is wrong with an upstream is said before anything is made.
  Registry createIn(OperatorSession session) {
    List<Upstreams.Target> targets =
        upstreams.stream().map(text -> TargetText.parse(session, text, null)).distinct().toList();
    Upstreams operations = session.upstreams();
    var settings =
        new Registry.Settings(
            firewall ? Registry.Kind.FIREWALL : Registry.Kind.STANDARD,
            anonymousRead,
            overwriting,
            ownersOnly,
            false,
            scopes.stream().distinct().toList(),
            secondFactor,
            approver);
    Registry made =
        session.registries().create(OperatorSession.ACTOR, session.workspace(), name, settings);
    for (Upstreams.Target target : targets) {
      operations.add(
          OperatorSession.ACTOR,
          made,
          Upstreams.nameFor(made, target),
          target,
          Upstreams.Options.NONE);
      made = session.registry(made.name());
    }
    return made;
  }
}
