package dev.gatehouse.app.command;

import dev.gatehouse.db.Database;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import dev.gatehouse.registries.Workspace;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Where an operator's command finds the server's data.
final class DatabaseOptions {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "The server's data directory (default: $GATEHOUSE_DATA, else data).")
  private @Nullable Path data;

  @Option(
      names = "--database",
      paramLabel = "URL",
      description =
          "jdbc:postgresql://... if the server uses one (default: $GATEHOUSE_DATABASE, else SQLite"
              + " in the data directory).")
  private @Nullable String database;

  @Option(
      names = "--workspace",
      paramLabel = "NAME",
      description = "The workspace to work in (default: default).")
  private String workspace = Workspace.DEFAULT;

  /// Opens what the options name, else what the environment names. A mistyped directory is refused
  /// rather than set up.
  OperatorSession open(OperatorContext context) {
    String url = database != null ? database : context.environment().get("GATEHOUSE_DATABASE");
    try {
      return OperatorSession.open(
          Database.open(url != null ? url : sqlite(context), "operator"), context, workspace);
    } catch (IllegalArgumentException wrong) {
      throw refused(String.valueOf(wrong.getMessage()));
    }
  }

  private String sqlite(OperatorContext context) {
    Path directory =
        data != null ? data : Path.of(context.environment().getOrDefault("GATEHOUSE_DATA", "data"));
    Path file = directory.resolve("gatehouse.db");
    if (!Files.exists(file)) {
      throw refused(
          "There is no server's data in \"%s\": name the directory by --data, or set it up by running"
                  .formatted(directory)
              + " `gatehouse serve` once.");
    }
    return "jdbc:sqlite:" + file;
  }

  private static ProblemException refused(String sentence) {
    return new ProblemException(new Problem.Malformed(sentence));
  }
}
