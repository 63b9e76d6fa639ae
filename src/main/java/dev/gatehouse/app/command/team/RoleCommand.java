package dev.gatehouse.app.command.team;

import dev.gatehouse.access.account.CustomRole;
import dev.gatehouse.access.account.Right;
import dev.gatehouse.access.account.Role;
import dev.gatehouse.access.team.CustomRoles;
import dev.gatehouse.app.command.CommandGroup;
import dev.gatehouse.app.command.DatabaseOptions;
import dev.gatehouse.app.command.Listing;
import dev.gatehouse.app.command.OperatorContext;
import dev.gatehouse.app.command.OperatorSession;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `gatehouse role …`: roles of one's own, besides the built-in ones.
@Command(
    name = "role",
    description = "Create, list and change roles. `user role` gives them.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true)
public final class RoleCommand extends CommandGroup {

  /// The command as it is run in `context`.
  public RoleCommand(OperatorContext context) {
    super(context);
  }

  private record Row(String name, String description, boolean builtIn, List<String> rights) {
    static Row of(Role role) {
      return new Row(role.label(), "", true, words(role.rights()));
    }

    static Row of(CustomRole role) {
      return new Row(role.name(), role.description(), false, words(role.rights()));
    }
  }

  /// `role create NAME RIGHT…`.
  @Command(
      description = "Create a role. It reads in any case; `role list` shows every right there is.",
      footerHeading = "%nExample:%n",
      footer = "  ./gatehouse role create reviewer decide manage-policies",
      mixinStandardHelpOptions = true)
  int create(
      @Mixin DatabaseOptions options,
      @Parameters(paramLabel = "NAME") String name,
      @Parameters(paramLabel = "RIGHT", arity = "0..*") @Nullable List<String> rights,
      @Option(names = "--description", defaultValue = "", paramLabel = "TEXT") String words) {
    var wanted = new CustomRoles.Wanted(name, words, rights(rights));
    try (OperatorSession session = options.openInTurn(context())) {
      CustomRole made = roles(session).create(OperatorSession.ACTOR, workspace(session), wanted);
      return say("Created the role \"%s\": %s.".formatted(made.name(), shown(made.rights())));
    }
  }

  /// `role list`.
  @Command(
      description = "List the roles, the built-in ones first, and what they may do.",
      footerHeading = "%nExample:%n",
      footer = "  ./gatehouse role list --json",
      mixinStandardHelpOptions = true)
  int list(
      @Mixin DatabaseOptions options,
      @Option(names = "--json", description = "Print JSON.") boolean json) {
    try (OperatorSession session = options.open(context())) {
      List<Row> rows = new ArrayList<>();
      Arrays.stream(Role.values()).map(Row::of).forEach(rows::add);
      roles(session).list(workspace(session)).stream().map(Row::of).forEach(rows::add);
      List<String> header = List.of("NAME", "RIGHTS", "DESCRIPTION");
      new Listing(out())
          .print(
              json,
              rows,
              header,
              row -> List.of(row.name, String.join(" ", row.rights), row.description));
      return 0;
    }
  }

  /// `role change NAME RIGHT…`.
  @Command(
      description = {
        "Change a role, for all who have it, at once. What is not named stays; rights that are"
            + " named take the place of those that it had."
      },
      footerHeading = "%nExample:%n",
      footer = "  ./gatehouse role change reviewer decide --name approver",
      mixinStandardHelpOptions = true)
  int change(
      @Mixin DatabaseOptions options,
      @Parameters(paramLabel = "NAME") String name,
      @Parameters(paramLabel = "RIGHT", arity = "0..*") @Nullable List<String> rights,
      @Option(names = "--name", paramLabel = "NAME", description = "What to call it now.")
          @Nullable String renamed,
      @Option(names = "--description", paramLabel = "TEXT") @Nullable String words) {
    Set<Right> named = rights(rights);
    if (named.isEmpty() && renamed == null && words == null) {
      throw malformed("Name what to change: rights, --name or --description.");
    }
    try (OperatorSession session = options.openInTurn(context())) {
      CustomRole before = role(session, name);
      var wanted =
          new CustomRoles.Wanted(
              Objects.requireNonNullElse(renamed, before.name()),
              Objects.requireNonNullElse(words, before.description()),
              named.isEmpty() ? before.rights() : named);
      CustomRole now =
          roles(session).change(OperatorSession.ACTOR, workspace(session), before, wanted);
      return say("The role \"%s\" may %s now.".formatted(now.name(), shown(now.rights())));
    }
  }

  /// `role delete NAME`.
  @Command(
      description = "Delete a role that nobody has.",
      footerHeading = "%nExample:%n",
      footer = "  ./gatehouse role delete reviewer",
      mixinStandardHelpOptions = true)
  int delete(@Mixin DatabaseOptions options, @Parameters(paramLabel = "NAME") String name) {
    try (OperatorSession session = options.openInTurn(context())) {
      CustomRole role = role(session, name);
      roles(session).delete(OperatorSession.ACTOR, workspace(session), role);
      return say("Deleted the role \"%s\".".formatted(role.name()));
    }
  }

  private static CustomRole role(OperatorSession session, String name) {
    if (Arrays.stream(Role.values()).anyMatch(one -> one.label().equals(name))) {
      throw malformed("\"%s\" is built in, and stays as it is.".formatted(name));
    }
    CustomRole found = roles(session).find(workspace(session), name);
    if (found == null) {
      throw CustomRoles.missing(name);
    }
    return found;
  }

  private static CustomRoles roles(OperatorSession session) {
    return session.rights().roles();
  }

  private static long workspace(OperatorSession session) {
    return session.workspace().id();
  }

  private static Set<Right> rights(@Nullable List<String> words) {
    Set<Right> rights = EnumSet.noneOf(Right.class);
    for (String word : words == null ? List.<String>of() : words) {
      rights.add(
          Arrays.stream(Right.values())
              .filter(one -> word(one).equals(word))
              .findFirst()
              .orElseThrow(() ->
                  malformed(
                      "\"%s\" is no right: use %s."
                          .formatted(word, String.join(", ", words(List.of(Right.values())))))));
    }
    return rights;
  }

  private static List<String> words(Collection<Right> rights) {
    return rights.stream().sorted().map(RoleCommand::word).toList();
  }

  private static String shown(Set<Right> rights) {
    return String.join(", ", words(rights));
  }

  private static String word(Right right) {
    return right.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static ProblemException malformed(String sentence) {
    return new ProblemException(new Problem.Malformed(sentence));
  }
}
