package dev.gatehouse.db;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.zip.CRC32;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/// The schema and how it comes about. Flyway does that; but it takes longer to look around than a
/// server takes to start otherwise, so it is asked only if its history is not exactly what it would
/// be after it has run: then it migrates, or says what is wrong.
final class Migrations {
  private static final String FOLDER = "db/migration";

  /// In order; a test compares them with the folder.
  static final List<String> SCRIPTS =
      List.of(
          "V1__registry.sql",
          "V2__document_digest.sql",
          "V3__search.sql",
          "V4__policies.sql",
          "V5__advisories.sql",
          "V6__inspection.sql",
          "V7__downloads.sql",
          "V8__signatures.sql",
          "V9__issues.sql",
          "V10__sessions.sql",
          "V11__webhooks.sql",
          "V12__pages.sql",
          "V13__licence_policies.sql",
          "V14__mail.sql",
          "V15__client_logins.sql",
          "V16__invitations.sql",
          "V17__second_factor.sql",
          "V18__attestation_checks.sql",
          "V19__client_login_networks.sql",
          "V20__facts_and_daily_work.sql",
          "V21__confirmations.sql",
          "V22__licences_notifications.sql",
          "V23__approvers.sql",
          "V24__traffic.sql",
          "V25__withheld.sql",
          "V27__providers.sql",
          "V29__notification_marks.sql",
          "V30__attempts.sql",
          "V31__listed_packages.sql",
          "V33__teams.sql",
          "V38__provider_sessions.sql",
          "V41__workspaces.sql",
          "V43__needs.sql",
          "V44__package_teams.sql",
          "V47__invited_roles.sql",
          "V49__token_packages.sql",
          "V50__saml.sql");

  private Migrations() {}

  /// A row of Flyway's history.
  private record Applied(String script, int checksum, boolean success) {}

  /// Brings the schema behind `source` up to date.
  static void run(DataSource source, Dialect dialect) {
    if (!areApplied(source)) {
      Flyway.configure()
          .dataSource(source)
          .locations("classpath:" + FOLDER)
          .placeholders(dialect.placeholders())
          .loggers("slf4j")
          .load()
          .migrate();
    }
  }

  private static boolean areApplied(DataSource source) {
    try (Connection connection = source.getConnection()) {
      return areApplied(connection);
    } catch (SQLException _) {
      // Nothing answers: Flyway will say so.
      return false;
    }
  }

  /// Whether these migrations, as they are here to the last line, are all that was ever applied.
  static boolean areApplied(Connection connection) {
    try {
      return history(connection).equals(Expected.HISTORY);
    } catch (SQLException _) {
      // There is no history yet.
      return false;
    }
  }

  /// Read when the first database is opened.
  private static final class Expected {
    static final List<Applied> HISTORY =
        SCRIPTS.stream().map(script -> new Applied(script, checksum(script), true)).toList();
  }

  private static List<Applied> history(Connection connection) throws SQLException {
    List<Applied> rows = new ArrayList<>();
    try (var statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT script, checksum, success FROM flyway_schema_history ORDER BY"
                    + " installed_rank")) {
      while (row.next()) {
        rows.add(new Applied(row.getString(1), row.getInt(2), row.getBoolean(3)));
      }
    }
    return rows;
  }

  /// As Flyway counts it: over the lines, whatever ends them.
  private static int checksum(String script) {
    var checksum = new CRC32();
    try (InputStream bytes =
            Objects.requireNonNull(
                Migrations.class.getResourceAsStream("/" + FOLDER + "/" + script), script);
        var lines = new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        checksum.update(line.getBytes(StandardCharsets.UTF_8));
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    return (int) checksum.getValue();
  }
}
