package dev.gatehouse.e2e;

import dev.gatehouse.db.Dialect;
import dev.gatehouse.e2e.clients.Client;
import dev.gatehouse.e2e.clients.Seat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/// A server with people around it: `ann`, a developer with a token, others like her once they are
/// asked for, at as many machines of their own as a test wants.
final class Stage implements AutoCloseable {
  static final String PASSWORD = "correct horse battery staple";

  private static final Pattern ERROR = Pattern.compile("\"level\":\"ERROR\"|\"status\":\"?500");

  private final Path directory;
  private final ForbiddenProxy proxy = new ForbiddenProxy();
  private final GatehouseProcess server;
  private final Map<String, String> tokens = new ConcurrentHashMap<>();
  private int count;

  /// On the database of this run.
  Stage(Path directory, String... flags) {
    this(directory, GatehouseProcess.databaseOfThisRun(), flags);
  }

  Stage(Path directory, Dialect database, String... flags) {
    this.directory = directory;
    this.server = GatehouseProcess.start(directory.resolve("data"), database, flags);
    token("ann");
  }

  GatehouseProcess server() {
    return server;
  }

  /// A machine of ann's, with nothing on it but the client and its configuration.
  Seat seat(Client client) {
    return seat(client, "ann");
  }

  /// A machine with a certain token.
  Seat seatWithToken(Client client, String token) {
    return Seat.with(client, newHome(client), server.registry("default"), token, proxy.port());
  }

  /// Publishes a small package as ann, under the tag `latest`, without a client: those are for what
  /// a test is about.
  void publish(String name, String version) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.registry("default") + name.replace("/", "%2f")))
            .header("Authorization", "Bearer " + token("ann"))
            .header("Content-Type", "application/json")
            .PUT(BodyPublishers.ofByteArray(Projects.packed(name, version).publishBody()))
            .build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
      if (answer.statusCode() != 201) {
        throw new AssertionError(name + " cannot be published: " + answer.body());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a package was published", e);
    }
  }

  /// The token of someone, who is a developer here from now on.
  String token(String user) {
    return tokens.computeIfAbsent(
        user,
        _ -> {
          server.addUser(user, "developer", PASSWORD);
          return server.token(user);
        });
  }

  /// A machine of someone's.
  Seat seat(Client client, String user) {
    return seatWithToken(client, token(user));
  }

  /// A machine with nothing on it but the client.
  Seat bareSeat(Client client) {
    return Seat.bare(client, newHome(client), server.registry("default"), proxy.port());
  }

  /// A machine that uses the registry at `path`, with a token.
  Seat seatAt(String path, Client client, String token) {
    return seatAtUrl(server.url(path + "/").toString(), client, token);
  }

  /// A machine that uses the registry at `url`, with its last slash, with a token.
  Seat seatAtUrl(String url, Client client, String token) {
    return Seat.with(client, newHome(client), url, token, proxy.port());
  }

  /// The same without a token.
  Seat seatWithoutTokenAtUrl(String url, Client client) {
    return Seat.withoutToken(client, newHome(client), url, proxy.port());
  }

  /// A machine that uses the registry at `path`, without a token.
  Seat seatWithoutTokenAt(String path, Client client) {
    return seatWithoutTokenAtUrl(server.url(path + "/").toString(), client);
  }

  /// A machine of someone who has not logged in.
  Seat seatWithoutToken(Client client) {
    return Seat.withoutToken(client, newHome(client), server.registry("default"), proxy.port());
  }

  /// A new directory.
  Path directory(String name) {
    try {
      return Files.createDirectories(directory.resolve(++count + "-" + name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path newHome(Client client) {
    return directory("home-" + client.id());
  }

  /// Ends the server and checks that no client tried to reach another host, and that the server met
  /// no error, which a client may hide by asking again.
  @Override
  public void close() {
    server.close();
    proxy.close();
    if (!proxy.attempts().isEmpty()) {
      throw new AssertionError("clients asked for other hosts: " + proxy.attempts());
    }
    List<String> errors = server.log().lines().filter(line -> ERROR.matcher(line).find()).toList();
    if (!errors.isEmpty()) {
      throw new AssertionError("the server met errors:\n" + String.join("\n", errors));
    }
  }
}
