package dev.gatehouse.testing;

import dev.gatehouse.access.account.Account;
import dev.gatehouse.access.account.Accounts;
import dev.gatehouse.access.account.NewAccount;
import dev.gatehouse.access.account.Role;
import dev.gatehouse.access.secret.Passwords;
import dev.gatehouse.access.token.NewToken;
import dev.gatehouse.access.token.TokenLimits;
import dev.gatehouse.app.Main;
import dev.gatehouse.app.Server;
import dev.gatehouse.app.Services;
import dev.gatehouse.app.command.OperatorContext;
import dev.gatehouse.app.config.Config;
import dev.gatehouse.app.config.ConfigLoader;
import dev.gatehouse.audit.Actor;
import dev.gatehouse.audit.Trail;
import dev.gatehouse.db.Dialect;
import dev.gatehouse.registries.Registry;
import dev.gatehouse.registries.Upstreams;
import dev.gatehouse.registries.Workspace;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The whole app in this process, on a free port, with a data directory and a database of its own
/// and a [TestingUpstream] as its public registry. The registry `default` is there as after a first
/// start.
///
/// ```java
/// try (var server = TestingServer.start(Dialect.SQLITE)) {
///   String ada = server.token("ada", Role.DEVELOPER);
///   assertThat(server.get(ada, "/r/default/left-pad").status()).isEqualTo(404);
/// }
/// ```
public final class TestingServer implements AutoCloseable {
  private static final Actor OPERATOR = new Actor.Operator();

  private final Path directory = temporaryDirectory();
  private final TestingUpstream upstream = TestingUpstream.start();
  private final HttpClient client = HttpClient.newHttpClient();
  private final TestingDatabase database;
  private final Clock clock;
  private final Map<String, String> settings;
  private int port;
  private Server server;

  private TestingServer(Dialect dialect, Clock clock, Map<String, String> settings) {
    this.database = TestingDatabases.fresh(dialect);
    this.clock = clock;
    this.settings = settings;
    this.server = run();
  }

  /// Starts one with an empty database of that kind.
  public static TestingServer start(Dialect dialect) {
    return start(dialect, Clock.systemUTC());
  }

  /// Starts one that lives by `clock`.
  public static TestingServer start(Dialect dialect, Clock clock) {
    return start(dialect, clock, Map.of());
  }

  /// Starts one with `settings` over the usual ones, by key as in `server.base-url`.
  public static TestingServer start(Dialect dialect, Clock clock, Map<String, String> settings) {
    return new TestingServer(dialect, clock, settings);
  }

  /// Stops it in an orderly way and starts it again on what it left, at the same address.
  public void restart() {
    try {
      port = server.port();
      server.close();
      server = run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The public registry of this server.
  public TestingUpstream upstream() {
    return upstream;
  }

  /// What is behind the URLs.
  public Services services() {
    return Services.of(server);
  }

  /// The environment in which an operator's commands work on its data.
  public Map<String, String> environment() {
    return Map.of("GATEHOUSE_DATA", directory.toString(), "GATEHOUSE_DATABASE", database.url());
  }

  /// The address, without a slash at its end.
  public String url() {
    return "http://127.0.0.1:" + server.port();
  }

  /// Makes a user without a password, and gives a token that may do whatever the user may.
  public String token(String user, Role role) {
    var account = new NewAccount(user, role, null, user + "@example.test");
    return token(
        services().access().accounts().create(OPERATOR, workspace().id(), account),
        TokenLimits.NONE);
  }

  /// Gives one more token of a user, within `limits`.
  public String token(Account user, TokenLimits limits) {
    return services()
        .access()
        .tokens()
        .create(OPERATOR, user, new NewToken("test", limits, null))
        .text();
  }

  /// Makes a user who signs in with `password`. It costs no time to check, as it protects nothing.
  public Account user(String name, Role role, String password, String email) {
    var account = new NewAccount(name, role, null, email);
    Account made = services().access().accounts().create(OPERATOR, workspace().id(), account);
    return new Accounts(services().database(), new Trail(clock), Passwords.cheap(), () -> {})
        .changePassword(OPERATOR, made, password);
  }

  /// The user of that name.
  public Account user(String name) {
    return services().access().accounts().require(workspace().id(), name);
  }

  /// The registry `default`.
  public Registry registry() {
    return registry("default");
  }

  /// The registry of that name in the default workspace.
  public Registry registry(String name) {
    return services().registries().require(Workspace.DEFAULT, name);
  }

  /// Makes a registry in the default workspace that draws from `upstreams` in order.
  public Registry addRegistry(
      String name, Registry.Settings settings, Upstreams.Target... upstreams) {
    Registry made = services().registries().create(OPERATOR, workspace(), name, settings);
    for (int i = 0; i < upstreams.length; i++) {
      services()
          .upstreams()
          .add(OPERATOR, made, "upstream-" + i, upstreams[i], Upstreams.Options.NONE);
    }
    return registry(name);
  }

  /// Gives a registry other settings.
  public void change(Registry registry, Registry.Settings settings) {
    services().registries().change(OPERATOR, registry, settings);
  }

  /// GET `path`, which begins with a slash and is sent as it is. A null token sends none.
  public TestingReply get(@Nullable String token, String path) {
    return send(token, "GET", path, null);
  }

  /// PUT JSON to `path`.
  public TestingReply put(@Nullable String token, String path, String json) {
    return put(token, path, json.getBytes(StandardCharsets.UTF_8));
  }

  /// PUT JSON to `path`.
  public TestingReply put(@Nullable String token, String path, byte[] json) {
    return send(token, "PUT", path, json);
  }

  /// DELETE `path`.
  public TestingReply delete(@Nullable String token, String path) {
    return send(token, "DELETE", path, null);
  }

  /// Any request, its body being JSON. Packuments are asked for in the full form.
  public TestingReply send(
      @Nullable String token, String method, String path, byte @Nullable [] json) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url() + path))
            .timeout(Duration.ofSeconds(60))
            .header("accept-encoding", "gzip")
            .method(
                method, json == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(json));
    if (token != null) {
      request.header("authorization", "Bearer " + token);
    }
    if (json != null) {
      request.header("content-type", "application/json");
    }
    return send(request.build());
  }

  /// Any request at all.
  public TestingReply send(HttpRequest request) {
    try {
      return TestingReply.of(client.send(request, BodyHandlers.ofByteArray()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /// Runs an operator's command beside this server, as a program of its own would. It must succeed.
  /// Returns what it printed.
  public String operate(String input, String... arguments) {
    var context =
        new OperatorContext(
            Clock.systemUTC(),
            new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
            Map.of("GATEHOUSE_DATA", directory.toString(), "GATEHOUSE_DATABASE", database.url()));
    var out = new StringWriter();
    var err = new StringWriter();
    int code =
        Main.commandLine(context)
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(arguments);
    if (code != 0) {
      throw new IllegalStateException(out + "" + err);
    }
    return out.toString();
  }

  /// How this server was started.
  public Config config() {
    return new ConfigLoader()
        .flags(
            Map.of(
                "server.port", Integer.toString(port),
                "data", directory.toString(),
                "database", database.url(),
                "public-registry", upstream.url().toString(),
                // Nothing happens behind a test's back, unless it asks for that.
                "ahead.at-once", "0",
                // Nothing outside of the machine is fetched.
                "advisories.feeds", ""))
        .flags(settings)
        .load();
  }

  /// The digests of everything in the store, sorted.
  public List<String> blobs() {
    var digests = new TreeSet<String>();
    try {
      services().blobs().forEach(digests::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return List.copyOf(digests);
  }

  /// The audit trail of `actor`, `user:ada` for example: action and subject, oldest first.
  public List<String> audited(String actor) {
    return services()
        .database()
        .read(handle ->
            handle
                .createQuery(
                    "SELECT action || ' ' || subject FROM audit WHERE actor = :actor ORDER BY id")
                .bind("actor", actor)
                .mapTo(String.class)
                .list());
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      client.shutdownNow();
      upstream.close();
      database.close();
      TestingDirectories.delete(directory);
    }
  }

  private Workspace workspace() {
    return registry().workspace();
  }

  private Server run() {
    try {
      return Server.start(config(), clock);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path temporaryDirectory() {
    try {
      return Files.createTempDirectory("gatehouse-test");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
