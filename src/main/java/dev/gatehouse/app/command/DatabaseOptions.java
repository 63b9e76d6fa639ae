package dev.gatehouse.app.command;

import dev.gatehouse.app.config.Config;
import dev.gatehouse.app.config.ConfigLoader;
import dev.gatehouse.db.Database;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import dev.gatehouse.registries.Workspace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Where an operator's command finds the server's data: as the server itself does, by its
/// configuration file, the environment and flags.
public final class DatabaseOptions {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "The server's data directory (default: $GATEHOUSE_DATA, else data).")
  private @Nullable String data;

  @Option(
      names = "--database",
      paramLabel = "URL",
      description =
          "jdbc:postgresql://... if the server uses one (default: $GATEHOUSE_DATABASE, else SQLite"
              + " in the data directory).")
  private @Nullable String database;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "The server's configuration file, if it has one.")
  private @Nullable Path file;

  @Option(
      names = "--workspace",
      paramLabel = "NAME",
      description = "The workspace to work in (default: default).")
  private String workspace = Workspace.DEFAULT;

  /// Opens what the options name, else what file or environment name. A mistyped directory is
  /// refused rather than set up.
  public OperatorSession open(OperatorContext context) {
    return open(context, false);
  }

  /// The same for changing what others change by what they saw of it. Nobody is waited for by then:
  /// what is read from standard input is read before.
  public OperatorSession openInTurn(OperatorContext context) {
    return open(context, true);
  }

  private OperatorSession open(OperatorContext context, boolean inTurn) {
    Config config = config(context);
    return OperatorSession.open(
        database(config), config.data(), context, new OperatorSession.Named(workspace, inTurn));
  }

  /// The server's configuration, as far as options, file and environment tell it.
  public Config config(OperatorContext context) {
    var loader = new ConfigLoader();
    if (file != null) {
      loader.file(file);
    }
    Map<String, @Nullable String> flags = new HashMap<>();
    flags.put("data", data);
    flags.put("database", database);
    return loader.environment(context.environment()).flags(flags).load();
  }

  private static Database database(Config config) {
    Path directory = config.data();
    if (config.database() == null && !Files.exists(directory.resolve("gatehouse.db"))) {
      throw refused(
          "There is no server's data in \"%s\": name the directory by --data, or set it up by running"
                  .formatted(directory)
              + " `gatehouse serve` once.");
    }
    try {
      return Database.open(config.jdbcUrl(), "operator");
    } catch (IllegalArgumentException wrong) {
      throw refused(String.valueOf(wrong.getMessage()));
    }
  }

  private static ProblemException refused(String sentence) {
    return new ProblemException(new Problem.Malformed(sentence));
  }
}
