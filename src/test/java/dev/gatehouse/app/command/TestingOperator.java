package dev.gatehouse.app.command;

import dev.gatehouse.app.Main;
import dev.gatehouse.audit.Actor;
import dev.gatehouse.db.Database;
import dev.gatehouse.db.Vault;
import dev.gatehouse.registries.Registries;
import dev.gatehouse.registries.Registry;
import dev.gatehouse.registries.Workspace;
import dev.gatehouse.testing.TestingClock;
import dev.gatehouse.testing.TestingDirectories;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// An operator at the shell, on a data directory with the default workspace and a registry
/// `default`.
public final class TestingOperator implements AutoCloseable {
  public final TestingClock clock = new TestingClock();
  public final Path data;

  public TestingOperator() throws IOException {
    data = Files.createTempDirectory("gatehouse-test");
    try (Database database = open("server")) {
      var registries = new Registries(database, clock);
      var first = new Actor.Job("first-start");
      Workspace workspace = registries.workspace(first, Workspace.DEFAULT);
      vault();
      registries.create(first, workspace, "default", Registry.Settings.of(Registry.Kind.STANDARD));
    }
  }

  /// What seals its secrets.
  public Vault vault() {
    return Vault.open(data.resolve("credentials.key"));
  }

  /// What a command did.
  public record Outcome(int code, String out, String err) {}

  /// Runs a command with `input` on its standard input, on this data directory.
  public Outcome run(String input, String... arguments) {
    return runAt(Map.of("GATEHOUSE_DATA", data.toString()), input, arguments);
  }

  /// Runs a command in `environment`.
  public Outcome runAt(Map<String, String> environment, String input, String... arguments) {
    var in = new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8));
    var context = new OperatorContext(clock, in, environment);
    var out = new StringWriter();
    var err = new StringWriter();
    int code =
        Main.commandLine(context)
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(arguments);
    return new Outcome(code, out.toString(), err.toString());
  }

  public Database open(String process) {
    return Database.open("jdbc:sqlite:" + data.resolve("gatehouse.db"), process);
  }

  @Override
  public void close() {
    TestingDirectories.delete(data);
  }
}
