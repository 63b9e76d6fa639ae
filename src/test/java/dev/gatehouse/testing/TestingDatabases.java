package dev.gatehouse.testing;

import dev.gatehouse.db.Database;
import dev.gatehouse.db.Dialect;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;

/// Real databases, empty but for the schema. The PostgreSQL server starts once per run of the
/// tests; started as root it drops its rights through a user namespace (`unshare`) by itself. Both
/// kinds are migrated once and then copied, so that a fresh one costs some 50 ms.
public final class TestingDatabases {
  private static final String TEMPLATE = "gatehouse_template";
  private static final AtomicInteger made = new AtomicInteger();

  private TestingDatabases() {}

  /// A database of its own for one test.
  public static TestingDatabase fresh(Dialect dialect) {
    try {
      return switch (dialect) {
        case SQLITE -> sqlite();
        case POSTGRESQL -> postgresql();
      };
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private static TestingDatabase sqlite() throws IOException {
    Path directory = Files.createTempDirectory("gatehouse-test");
    Path file = directory.resolve("gatehouse.db");
    Files.write(file, SqliteTemplate.BYTES);
    return new TestingDatabase("jdbc:sqlite:" + file, () -> TestingDirectories.delete(directory));
  }

  private static TestingDatabase postgresql() throws SQLException {
    String name = "test_" + made.incrementAndGet();
    PostgresqlServer.execute("CREATE DATABASE " + name + " TEMPLATE " + TEMPLATE);
    return new TestingDatabase(
        PostgresqlServer.RUNNING.getJdbcUrl("postgres", name),
        () -> PostgresqlServer.execute("DROP DATABASE " + name + " WITH (FORCE)"));
  }

  /// Migrated when the first SQLite database is asked for.
  private static final class SqliteTemplate {
    static final byte[] BYTES = bytes();

    private static byte[] bytes() {
      try {
        Path directory = Files.createTempDirectory("gatehouse-test");
        Path file = directory.resolve("template.db");
        Database.open("jdbc:sqlite:" + file, "template").close();
        byte[] bytes = Files.readAllBytes(file);
        TestingDirectories.delete(directory);
        return bytes;
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }
  }

  /// Started when the first PostgreSQL database is asked for, stopped when the JVM ends.
  private static final class PostgresqlServer {
    static final EmbeddedPostgres RUNNING = start();

    private static EmbeddedPostgres start() {
      try {
        EmbeddedPostgres server =
            EmbeddedPostgres.builder()
                .setServerConfig("fsync", "off")
                .setServerConfig("max_connections", "200")
                .start();
        execute(server, "CREATE DATABASE " + TEMPLATE);
        Database.open(server.getJdbcUrl("postgres", TEMPLATE), "template").close();
        return server;
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }

    static void execute(String sql) {
      execute(RUNNING, sql);
    }

    private static void execute(EmbeddedPostgres server, String sql) {
      try (var connection = server.getPostgresDatabase().getConnection();
          var statement = connection.createStatement()) {
        statement.execute(sql);
      } catch (SQLException failure) {
        throw new IllegalStateException(failure);
      }
    }
  }
}
