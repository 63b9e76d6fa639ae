package dev.gatehouse.app.command.team;

import dev.gatehouse.access.account.Grants.Permission;
import dev.gatehouse.access.team.RegistryRights;
import dev.gatehouse.access.team.RegistryRights.Given;
import dev.gatehouse.app.command.OperatorSession;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import dev.gatehouse.registries.Registry;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Whom a command gives or takes permissions in one registry, and which.
final class Grantee {
  @Parameters(index = "0", paramLabel = "REGISTRY", description = "In which registry.")
  private String registry = "";

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "PERMISSION",
      description = "read, publish, approve or administer.")
  private List<String> permissions = List.of();

  @ArgGroup(multiplicity = "1")
  private Who who = new Who();

  /// One of these.
  static final class Who {
    @Option(names = "--team", paramLabel = "NAME", description = "Whom: a team.")
    private @Nullable String team;

    @Option(names = "--user", paramLabel = "NAME", description = "Whom: a user.")
    private @Nullable String user;
  }

  /// The permissions that were named.
  Set<Permission> permissions() {
    Set<Permission> named = EnumSet.noneOf(Permission.class);
    for (String word : permissions) {
      named.add(
          Arrays.stream(Permission.values())
              .filter(one -> one.word().equals(word))
              .findFirst()
              .orElseThrow(() ->
                  malformed(
                      "\"%s\" is no permission: use read, publish, approve or administer."
                          .formatted(word))));
    }
    return named;
  }

  /// Changes what they may do there, and says it in a sentence.
  String change(OperatorSession session, UnaryOperator<Set<Permission>> change) {
    Registry here = session.registry(registry);
    RegistryRights rights = session.rights().registries();
    Given before = rights.show(here.id());
    boolean isTeam = who.team != null;
    String name = name(session);
    SortedMap<String, Set<Permission>> people = new TreeMap<>(before.people());
    SortedMap<String, Set<Permission>> teams = new TreeMap<>(before.teams());
    SortedMap<String, Set<Permission>> these = isTeam ? teams : people;
    Set<Permission> had = EnumSet.noneOf(Permission.class);
    had.addAll(these.getOrDefault(name, Set.of()));
    Set<Permission> now = change.apply(had);
    if (now.isEmpty()) {
      these.remove(name);
    } else {
      these.put(name, now);
    }
    var place = new RegistryRights.Here(here.workspace().id(), here.id(), here.name(), true);
    rights.set(OperatorSession.ACTOR, place, before, new Given(before.audience(), people, teams));
    String whom = (isTeam ? "The team \"%s\"" : "\"%s\"").formatted(name);
    return now.isEmpty()
        ? "%s has no permission of its own in \"%s\" now.".formatted(whom, here.name())
        : "%s has in \"%s\" now: %s."
            .formatted(
                whom,
                here.name(),
                String.join(", ", now.stream().sorted().map(Permission::word).toList()));
  }

  /// Whose name it is, of somebody who is there.
  private String name(OperatorSession session) {
    long workspace = session.workspace().id();
    return who.team != null
        ? session.rights().teams().require(workspace, who.team).name()
        : session.accounts().require(workspace, String.valueOf(who.user)).name();
  }

  static ProblemException malformed(String sentence) {
    return new ProblemException(new Problem.Malformed(sentence));
  }
}
