package dev.gatehouse.e2e.clients;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A package manager at its pinned version: what its commands are called and how a person points it
/// at a registry.
public enum Client {
  NPM_9("npm9", "npm 9"),
  NPM_10("npm10", "npm 10"),
  NPM_11("npm11", "npm 11"),
  NPM_12("npm12", "npm 12"),
  YARN_1("yarn1", "yarn 1.22"),
  YARN_4("yarn4", "yarn 4"),
  PNPM_9("pnpm9", "pnpm 9"),
  PNPM_12("pnpm12", "pnpm 12"),
  BUN("bun", "bun"),
  DENO("deno", "deno");

  private final String id;
  private final String title;

  Client(String id, String title) {
    this.id = id;
    this.title = title;
  }

  /// A short name, fit for file and package names.
  public String id() {
    return id;
  }

  /// The name that people know it by, with its major version.
  public String title() {
    return title;
  }

  /// The files that make it use a registry with a token.
  public List<ConfigFile> configuration() {
    return setup().files();
  }

  /// The files that let it install what was published within the last day.
  public List<ConfigFile> withoutAgeGate() {
    return setup().ageGateOff();
  }

  /// The command for a verb as in the documentation, null if the client has none.
  public @Nullable String line(Verb verb) {
    return commands().line(verb);
  }

  /// Whether it has a command for all of these.
  public boolean has(Verb... verbs) {
    return Arrays.stream(verbs).allMatch(verb -> commands().line(verb) != null);
  }

  /// The clients that are tried in this run at all.
  public static Stream<Client> inThisRun() {
    return Arrays.stream(values()).filter(client -> isFullRun() || client != NPM_9);
  }

  /// The clients of this run that have a command for all of these.
  public static Stream<Client> having(Verb... verbs) {
    return inThisRun().filter(client -> client.has(verbs) && (isFullRun() || !client.isOlder()));
  }

  /// Whether the run is for every command of every client, instead of what `make check` has time
  /// for.
  public static boolean isFullRun() {
    return "full".equals(System.getProperty("e2e"));
  }

  /// Older clients log in, install and read back in every run, but for the oldest; their other
  /// commands are the newer ones' in all but wording, and wait for a full run.
  private boolean isOlder() {
    return this == NPM_9 || this == NPM_10 || this == PNPM_9;
  }

  /// The next client, in the ring of those that have a command for the verb.
  public Client next(Verb verb) {
    List<Client> able = having(verb).toList();
    return able.get((able.indexOf(this) + 1) % able.size());
  }

  Commands commands() {
    return switch (this) {
      case NPM_9, NPM_10 -> CommandTables.NPM_10;
      case NPM_11 -> CommandTables.NPM_11;
      case NPM_12 -> CommandTables.NPM_12;
      case YARN_1 -> CommandTables.YARN_1;
      case YARN_4 -> CommandTables.YARN_4;
      case PNPM_9 -> CommandTables.PNPM_9;
      case PNPM_12 -> CommandTables.PNPM_12;
      case BUN -> CommandTables.BUN;
      case DENO -> CommandTables.DENO;
    };
  }

  private Setup setup() {
    return switch (this) {
      case NPM_9, NPM_10, NPM_11, NPM_12, PNPM_9, BUN -> Setup.NPMRC;
      case YARN_1 -> Setup.YARN_1;
      case YARN_4 -> Setup.YARN_4;
      case PNPM_12 -> Setup.PNPM_12;
      case DENO -> Setup.DENO;
    };
  }

  @Override
  public String toString() {
    return title;
  }
}
