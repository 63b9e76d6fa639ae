package dev.gatehouse.app.command.registry;

import dev.gatehouse.registries.Registry;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What `registry set` is asked to change; what is not named stays.
final class RegistrySettings {
  @Option(names = "--anonymous-read", paramLabel = "on|off")
  private @Nullable OnOff anonymousRead;

  @Option(names = "--overwrite", paramLabel = "on|off")
  private @Nullable OnOff overwriting;

  @Option(names = "--owners-only", paramLabel = "on|off")
  private @Nullable OnOff ownersOnly;

  @Option(names = "--second-factor", paramLabel = "on|off")
  private @Nullable OnOff secondFactor;

  @Option(
      names = "--approver",
      paramLabel = "ROLE",
      description = "Who decides on exceptions: owner, admin or developer, and those above.")
  private Registry.@Nullable Approver approver;

  @Option(names = "--add-scope", paramLabel = "@SCOPE", description = "Claim a scope.")
  private List<String> added = new ArrayList<>();

  @Option(names = "--remove-scope", paramLabel = "@SCOPE", description = "Claim it no longer.")
  private List<String> removed = new ArrayList<>();

  boolean isEmpty() {
    return anonymousRead == null
        && overwriting == null
        && ownersOnly == null
        && secondFactor == null
        && approver == null
        && added.isEmpty()
        && removed.isEmpty();
  }

  Registry.Settings over(Registry.Settings before) {
    Set<String> scopes = new TreeSet<>(before.scopes());
    scopes.addAll(added);
    removed.forEach(scopes::remove);
    return new Registry.Settings(
        before.kind(),
        either(anonymousRead, before.anonymousRead()),
        either(overwriting, before.overwriting()),
        either(ownersOnly, before.ownersOnly()),
        before.archived(),
        List.copyOf(scopes),
        either(secondFactor, before.secondFactor()),
        approver == null ? before.approver() : approver);
  }

  private static boolean either(@Nullable OnOff wanted, boolean before) {
    return wanted == null ? before : wanted.isOn();
  }
}
