package dev.gatehouse.db;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Jdbi;
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

  private final Dialect dialect;
  private final String process;
  private final Jdbi readers;
  private final Writer writer;
  private final List<HikariDataSource> pools;

  private Database(Dialect dialect, String process, List<HikariDataSource> pools) {
    this.dialect = dialect;
    this.process = process;
    this.pools = pools;
    this.readers = Jdbi.create(pools.getFirst());
    this.writer =
        switch (dialect) {
          case SQLITE -> new GroupCommitWriter(Jdbi.create(pools.getLast()));
          case POSTGRESQL -> new PooledWriter(readers);
        };
  }

  /// Opens the database at `jdbcUrl` and migrates it. `process` names what this process is to
  /// others that watch the same database, `server` or `operator` (see [Changes]).
  public static Database open(String jdbcUrl, String process) {
    Dialect dialect = Dialect.of(jdbcUrl);
    return switch (dialect) {
      case SQLITE -> {
        migrate(sqlite(jdbcUrl), dialect);
        yield new Database(
            dialect,
            process,
            List.of(pool(sqlite(jdbcUrl), SQLITE_READERS), pool(sqlite(jdbcUrl), 1)));
      }
      case POSTGRESQL -> {
        HikariDataSource pool = postgresql(jdbcUrl);
        migrate(pool, dialect);
        yield new Database(dialect, process, List.of(pool));
      }
    };
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
    writer.close();
    pools.forEach(HikariDataSource::close);
  }

  private static void migrate(DataSource source, Dialect dialect) {
    Flyway.configure()
        .dataSource(source)
        .locations("classpath:db/migration")
        .placeholders(dialect.placeholders())
        .loggers("slf4j")
        .load()
        .migrate();
  }

  private static DataSource sqlite(String jdbcUrl) {
    var config = new SQLiteConfig();
    config.setJournalMode(JournalMode.WAL);
    // FULL syncs the log at every commit: a 2xx survives a power cut.
    config.setSynchronous(SynchronousMode.FULL);
    config.setBusyTimeout(BUSY_MILLISECONDS);
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
