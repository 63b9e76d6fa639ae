package dev.gatehouse.e2e;

import dev.gatehouse.e2e.clients.Client;
import dev.gatehouse.e2e.clients.Seat;
import dev.gatehouse.e2e.clients.Verb;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// A server with people around it: `ann` and `bob`, developers with a token each, at as many
/// machines of their own as a test asks for.
final class Stage implements AutoCloseable {
  static final String PASSWORD = "correct horse battery staple";

  private static final Pattern ERROR = Pattern.compile("\"level\":\"ERROR\"|\"status\":\"?500");

  private final Path directory;
  private final ForbiddenProxy proxy = new ForbiddenProxy();
  private final GatehouseProcess server;
  private final Map<String, String> tokens = new HashMap<>();
  private int count;

  Stage(Path directory, String... flags) {
    this.directory = directory;
    this.server = GatehouseProcess.start(directory.resolve("data"), flags);
    for (String user : new String[] {"ann", "bob"}) {
      server.addUser(user, "developer", PASSWORD);
      tokens.put(user, server.token(user));
    }
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

  /// Publishes a small package as ann, by npm 12, under the tag `latest`.
  void publish(String name, String version) {
    Seat seat = seat(Client.NPM_12);
    Path source = Projects.source(directory("source"), seat, name, version);
    seat.run(source, Verb.PUBLISH, "latest", "public").ok();
  }

  /// The token of someone.
  String token(String user) {
    String token = tokens.get(user);
    if (token == null) {
      throw new IllegalArgumentException("nobody here is called " + user);
    }
    return token;
  }

  /// A machine of someone's.
  Seat seat(Client client, String user) {
    return seatWithToken(client, token(user));
  }

  /// A machine that uses the registry at `path`, with a token.
  Seat seatAt(String path, Client client, String token) {
    return Seat.with(
        client, newHome(client), server.url(path + "/").toString(), token, proxy.port());
  }

  /// A machine that uses the registry at `path`, without a token.
  Seat seatWithoutTokenAt(String path, Client client) {
    return Seat.withoutToken(
        client, newHome(client), server.url(path + "/").toString(), proxy.port());
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
