package dev.gatehouse.e2e;

import dev.gatehouse.app.Main;
import dev.gatehouse.app.command.OperatorContext;
import dev.gatehouse.db.Dialect;
import dev.gatehouse.e2e.clients.Installation;
import dev.gatehouse.e2e.clients.Run;
import dev.gatehouse.testing.TestingDatabase;
import dev.gatehouse.testing.TestingDatabases;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// Gatehouse as an operator runs it: `./gatehouse serve` on a data directory, and the operator's
/// verbs beside it. Restarts on the same port, so that what clients wrote into lockfiles holds.
public final class GatehouseProcess implements AutoCloseable {
  private static final Pattern ADDRESS = Pattern.compile("https?://127\\.0\\.0\\.1:\\d+");
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final Path data;
  private final @Nullable TestingDatabase database;
  private final List<String> tracer;
  private final Map<String, String> environment;
  private final Path log;
  private URI address = URI.create("http://127.0.0.1:0");
  private Process process;

  private GatehouseProcess(
      Path data, @Nullable TestingDatabase database, List<String> tracer, String... flags) {
    this.data = data;
    this.database = database;
    this.tracer = tracer;
    this.environment = environment(database);
    this.log = data.resolveSibling(data.getFileName() + ".log");
    this.process = launch(flags);
  }

  /// Starts a server on a data directory, new or used before, on a free port.
  public static GatehouseProcess start(Path data, String... flags) {
    return start(data, databaseOfThisRun(), flags);
  }

  /// Starts a server on a data directory, on SQLite in it or on a PostgreSQL that the build brings.
  public static GatehouseProcess start(Path data, Dialect database, String... flags) {
    return switch (database) {
      case SQLITE -> new GatehouseProcess(data, null, List.of(), flags);
      case POSTGRESQL ->
          new GatehouseProcess(data, TestingDatabases.fresh(database), List.of(), flags);
    };
  }

  /// SQLite, unless the run says `-De2e.database=postgresql`.
  static Dialect databaseOfThisRun() {
    return Dialect.valueOf(System.getProperty("e2e.database", "sqlite").toUpperCase(Locale.ROOT));
  }

  /// Starts a server under a program that watches it, such as strace.
  public static GatehouseProcess startUnder(List<String> tracer, Path data, String... flags) {
    return new GatehouseProcess(data, null, tracer, flags);
  }

  /// The URL of a registry of the default workspace, with its last slash.
  public String registry(String name) {
    return url("/r/" + name + "/").toString();
  }

  /// The URL of a path below the server's root.
  public URI url(String path) {
    return address.resolve(path);
  }

  /// Adds a user by the operator's verb.
  public void addUser(String name, String role, String password) {
    operator(password + "\n", "user", "add", name, "--role", role, "--password-stdin").ok();
  }

  /// Creates a token by the operator's verb. It can be used at once.
  public String token(String user, String... flags) {
    List<String> words = new ArrayList<>(List.of("token", "create", "--user", user));
    words.addAll(List.of(flags));
    return operator("", words.toArray(String[]::new)).ok().out().strip();
  }

  /// Waits until a GET of `path` without a token, or with one, is answered with `status`.
  public void awaitStatus(int status, String path, String token) {
    HttpRequest.Builder question = HttpRequest.newBuilder(url(path));
    if (!token.isEmpty()) {
      question.header("Authorization", "Bearer " + token);
    }
    HttpRequest built = question.build();
    await(path + " to be answered " + status, () -> status(built) == status);
  }

  /// Runs a verb of the operator's on this data directory, with a text on its standard input:
  /// beside the server's process in this one, where it need not start Java first.
  public Run operator(String input, String... words) {
    Map<String, String> environment = new HashMap<>(this.environment);
    environment.put("GATEHOUSE_DATA", data.toString());
    var context =
        new OperatorContext(
            Clock.systemUTC(),
            new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
            environment);
    var out = new StringWriter();
    var err = new StringWriter();
    int exit =
        Main.commandLine(context)
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(words);
    return new Run(List.of(words), exit, out.toString(), err.toString());
  }

  /// Stops the server as an operator would and starts it again with other flags.
  public void restart(String... flags) {
    stop();
    process = launch(flags);
  }

  /// Sends SIGTERM and waits for the end; the exit status.
  public int stop() {
    server().forEach(ProcessHandle::destroy);
    await(process);
    return process.exitValue();
  }

  /// Sends SIGKILL and waits for the end: no time for last words.
  public void kill() {
    server().forEach(ProcessHandle::destroyForcibly);
    await(process);
  }

  /// The server itself, not the program that watches it.
  private Stream<ProcessHandle> server() {
    return tracer.isEmpty() ? Stream.of(process.toHandle()) : process.descendants();
  }

  /// The most memory that the server has had so far, as Linux counts it.
  public long peakMegabytes() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/" + process.pid() + "/status"))) {
      String peak = lines.filter(line -> line.startsWith("VmHWM:")).findFirst().orElseThrow();
      return Long.parseLong(peak.replaceAll("\\D", "")) >> 10;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// What the server has written so far.
  public String log() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    stop();
    if (database != null) {
      database.close();
    }
  }

  private Process launch(String... flags) {
    List<String> command = new ArrayList<>(tracer);
    command.addAll(List.of(launcher(), "serve"));
    command.addAll(
        List.of("--port", Integer.toString(address.getPort()), "--data", data.toString()));
    command.addAll(List.of(flags));
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(Installation.ROOT.toFile())
              .redirectErrorStream(true);
      builder.environment().putAll(environment);
      Process started = builder.start();
      CountDownLatch addressKnown = new CountDownLatch(1);
      Thread.ofVirtual().start(() -> copyLog(started, addressKnown));
      if (!addressKnown.await(PATIENCE.toSeconds(), TimeUnit.SECONDS) || !becomesReady(started)) {
        started.destroyForcibly();
        throw new IllegalStateException("the server does not become ready:\n" + log());
      }
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot run " + command, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the server started", e);
    }
  }

  private void copyLog(Process server, CountDownLatch addressKnown) {
    try (BufferedReader lines = server.inputReader(StandardCharsets.UTF_8);
        Writer copy = Files.newBufferedWriter(log, StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        copy.write(line + "\n");
        copy.flush();
        Matcher found = ADDRESS.matcher(line);
        if (addressKnown.getCount() > 0 && found.find()) {
          address = URI.create(found.group());
          addressKnown.countDown();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      addressKnown.countDown();
    }
  }

  private boolean becomesReady(Process server) {
    HttpRequest question = HttpRequest.newBuilder(url("/-/health/ready")).build();
    await("the server to become ready", () -> !server.isAlive() || status(question) == 200);
    return server.isAlive();
  }

  /// The status of an answer, 0 while nobody listens; 200 from a server whose certificate is the
  /// test's own and unknown here: that it listens has to do.
  private static int status(HttpRequest question) {
    try {
      return HTTP.send(question, BodyHandlers.discarding()).statusCode();
    } catch (SSLException _) {
      return 200;
    } catch (IOException _) {
      return 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a server was asked", e);
    }
  }

  private static void await(String what, BooleanSupplier done) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!done.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("waited in vain for " + what);
      }
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
  }

  private static Map<String, String> environment(@Nullable TestingDatabase database) {
    Map<String, String> environment = new HashMap<>();
    // Nothing outside of the machine is fetched.
    environment.put("GATEHOUSE_ADVISORIES_FEEDS", "");
    // Three classes and their clients share the processors: what is slow here is no upstream.
    environment.put("GATEHOUSE_UPSTREAMS_SILENCE", "3m");
    environment.put("GATEHOUSE_UPSTREAMS_DOCUMENT", "5m");
    // They end before what the optimising compiler does pays: it was half of what they cost.
    environment.put("GATEHOUSE_JAVA_OPTS", "-XX:TieredStopAtLevel=1");
    if (database != null) {
      environment.put("GATEHOUSE_DATABASE", database.url());
    }
    return Map.copyOf(environment);
  }

  private static String launcher() {
    return Installation.ROOT.resolve(System.getProperty("e2e.launcher", "gatehouse")).toString();
  }

  private static void await(Process process) {
    try {
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
        throw new AssertionError("a process of Gatehouse's did not end in " + PATIENCE);
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a process of Gatehouse's ran", e);
    }
  }
}
