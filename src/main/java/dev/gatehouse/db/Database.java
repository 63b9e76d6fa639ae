package dev.gatehouse.db;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import dev.gatehouse.db.edit.EditTurns;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.ColonPrefixSqlParser;
import org.jdbi.v3.core.statement.SqlParser;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteConfig.TransactionMode;
import org.sqlite.SQLiteDataSource;

/// The one way to the database: `read` for looking, `write` for a transaction that is on the disk
/// when it returns. The schema is brought up to date when it is opened.
public final class Database implements AutoCloseable {
  private static final int SQLITE_READERS = 4;
  private static final int POSTGRESQL_CONNECTIONS = 16;
  private static final int BUSY_MILLISECONDS = 15_000;

  /// The same text means the same to every Jdbi: it is parsed once.
  private static final SqlParser PARSER = new ColonPrefixSqlParser();

  private final Dialect dialect;
  private final String process;
  private final Jdbi readers;
  private final Writer writer;
  private final EditTurns edits;
  private final List<HikariDataSource> pools;

  private Database(Dialect dialect, String jdbcUrl, String process, List<HikariDataSource> pools) {
    this.dialect = dialect;
    this.process = process;
    this.pools = pools;
    this.readers = jdbi(pools.getFirst());
    // A Jdbi of its own: a thread that reads inside of a transaction must not find that
    // transaction's handle, or it would see what is not committed.
    Jdbi writers = jdbi(pools.getLast());
    this.writer =
        switch (dialect) {
          case SQLITE -> new GroupCommitWriter(writers);
          case POSTGRESQL -> new PooledWriter(writers);
        };
    this.edits =
        switch (dialect) {
          case SQLITE -> EditTurns.of(SqliteFile.of(jdbcUrl));
          case POSTGRESQL -> EditTurns.of(readers);
        };
  }

  /// Opens the database at `jdbcUrl` and migrates it. `process` names this process to others that
  /// watch the same database: [Changes#newProcess] for one that watches too, `operator` for one
  /// that does not. A URL that leads nowhere is a [Problem] with a sentence that does not repeat
  /// the URL's secrets.
  public static Database open(String jdbcUrl, String process) {
    Dialect dialect = Dialect.of(jdbcUrl);
    List<HikariDataSource> pools = new ArrayList<>();
    try {
      switch (dialect) {
        case SQLITE -> {
          Migrations.run(sqlite(jdbcUrl), dialect);
          pools.add(pool(sqlite(jdbcUrl), SQLITE_READERS));
          pools.add(pool(sqlite(jdbcUrl), 1));
        }
        case POSTGRESQL -> {
          pools.add(postgresql(jdbcUrl));
          Migrations.run(pools.getFirst(), dialect);
        }
      }
      return new Database(dialect, jdbcUrl, process, List.copyOf(pools));
    } catch (FlywayException | JdbiException | PoolInitializationException failure) {
      pools.forEach(HikariDataSource::close);
      throw new IllegalArgumentException(
          "The database at %s cannot be opened: %s"
              .formatted(withoutSecrets(jdbcUrl), rootMessage(failure)),
          failure);
    }
  }

  private static Jdbi jdbi(DataSource source) {
    Jdbi jdbi = Jdbi.create(source);
    jdbi.getConfig(SqlStatements.class).setSqlParser(PARSER);
    return jdbi;
  }

  private static String withoutSecrets(String jdbcUrl) {
    return jdbcUrl.replaceFirst("//[^/@]*@", "//").replaceFirst("\\?.*", "");
  }

  private static String rootMessage(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage());
  }

  /// Runs `work` outside of the writer; it sees what was committed before it began.
  public <R extends @Nullable Object> R read(Work<R> work) {
    return readers.withHandle(work::run);
  }

  /// Runs `work` in one transaction, which is committed and synced when this returns. Throwing
  /// rolls back and passes the exception on.
  public <R extends @Nullable Object> R write(Work<R> work) {
    return writer.write(work);
  }

  /// The turns of those who look at something and change it by what they saw.
  public EditTurns edits() {
    return edits;
  }

  /// What the database itself finds wrong with its files, in its own words; empty if nothing. Reads
  /// all of them. PostgreSQL looks after its own.
  public List<String> complaints() {
    return switch (dialect) {
      case SQLITE -> sqliteComplaints();
      case POSTGRESQL -> List.of();
    };
  }

  private List<String> sqliteComplaints() {
    try {
      return read(handle -> {
        List<String> found =
            new ArrayList<>(
                handle.createQuery("PRAGMA integrity_check").mapTo(String.class).list());
        found.remove("ok");
        handle
            .createQuery("PRAGMA foreign_key_check")
            .map((row, _) ->
                "a row of %s names none in %s".formatted(row.getString(1), row.getString(3)))
            .forEach(found::add);
        return found;
      });
    } catch (JdbiException failure) {
      return List.of(rootMessage(failure));
    }
  }

  /// Which database this is.
  public Dialect dialect() {
    return dialect;
  }

  /// The name of this process in the table of changes.
  String process() {
    return process;
  }

  @Override
  public void close() {
    edits.close();
    writer.close();
    pools.forEach(HikariDataSource::close);
  }

  private static DataSource sqlite(String jdbcUrl) {
    var config = new SQLiteConfig();
    config.setJournalMode(JournalMode.WAL);
    // FULL syncs the log at every commit: a 2xx survives a power cut.
    config.setSynchronous(SynchronousMode.FULL);
    config.setBusyTimeout(BUSY_MILLISECONDS);
    // In KiB when negative; each connection has its own, and the answers in memory need none.
    config.setCacheSize(-1_024);
    config.enforceForeignKeys(true);
    config.setTransactionMode(TransactionMode.IMMEDIATE);
    var source = new SQLiteDataSource(config);
    source.setUrl(jdbcUrl);
    return source;
  }

  private static HikariDataSource pool(DataSource source, int size) {
    var config = new HikariConfig();
    config.setDataSource(source);
    config.setMaximumPoolSize(size);
    config.setMinimumIdle(1);
    return new HikariDataSource(config);
  }

  private static HikariDataSource postgresql(String jdbcUrl) {
    var config = new HikariConfig();
    config.setJdbcUrl(jdbcUrl);
    config.setMaximumPoolSize(POSTGRESQL_CONNECTIONS);
    config.setMinimumIdle(1);
    return new HikariDataSource(config);
  }
}
