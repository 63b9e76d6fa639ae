package dev.gatehouse.web.npm.account;

import dev.gatehouse.access.account.Account;
import dev.gatehouse.access.account.Role;
import dev.gatehouse.testing.TestingReply;
import dev.gatehouse.testing.TestingServer;
import java.net.URI;
import java.net.http.HttpRequest;

/// People with passwords, and how they log in.
final class Members {
  static final String PASSWORD = "correct horse";

  private Members() {}

  static Account add(TestingServer server, String name, Role role) {
    return server.user(name, role, PASSWORD, name + "@example.test");
  }

  static String body(String name, String password) {
    return "{\"_id\":\"org.couchdb.user:%s\",\"name\":\"%s\",\"password\":\"%s\",\"type\":\"user\",\"roles\":[]}"
        .formatted(name, name, password);
  }

  static TestingReply logIn(TestingServer server, String name, String password) {
    return server.put(null, "/r/default/-/user/org.couchdb.user:" + name, body(name, password));
  }

  /// The token of a log-in.
  static String token(TestingServer server, String name) {
    return logIn(server, name, PASSWORD).json().path("token").asText();
  }

  /// A PUT with the headers of a client.
  static TestingReply logInAs(TestingServer server, String path, String body, String... headers) {
    return server.send(
        HttpRequest.newBuilder(URI.create(server.url() + path))
            .headers(headers)
            .PUT(HttpRequest.BodyPublishers.ofString(body))
            .build());
  }
}
