package dev.gatehouse.web.npm.publish;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.access.account.Role;
import dev.gatehouse.db.Dialect;
import dev.gatehouse.registries.Registry;
import dev.gatehouse.testing.PackageBuilder;
import dev.gatehouse.testing.TestingReply;
import dev.gatehouse.testing.TestingServer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A server with two developers, `ada` and `bob`, and an admin, `eve`, who publish into `default`.
final class Shelf implements AutoCloseable {
  static final String REGISTRY = "/r/default/";
  static final String WIDGET = "@acme%2fwidget";

  final TestingServer server;
  final String ada;
  final String bob;
  final String eve;

  Shelf(Dialect dialect) {
    server = TestingServer.start(dialect);
    ada = server.token("ada", Role.DEVELOPER);
    bob = server.token("bob", Role.DEVELOPER);
    eve = server.token("eve", Role.ADMIN);
  }

  static PackageBuilder widget(String version) {
    return PackageBuilder.named("@acme/widget")
        .version(version)
        .file("index.js", "module.exports = '" + version + "';");
  }

  TestingReply publish(String token, PackageBuilder made) {
    return server.put(token, REGISTRY + WIDGET, made.publishBody());
  }

  /// Ada publishes the widget in these versions.
  void published(String... versions) {
    for (String version : versions) {
      assertThat(publish(ada, widget(version)).status()).isEqualTo(201);
    }
  }

  /// The document, as a client that is about to change it sees it.
  ObjectNode document(String name) {
    return (ObjectNode) server.get(ada, REGISTRY + name + "?write=true").json();
  }

  JsonNode version(String name, String version) {
    return document(name).path("versions").path(version);
  }

  List<String> versions(String name) {
    List<String> versions = new ArrayList<>();
    document(name).path("versions").fieldNames().forEachRemaining(versions::add);
    return versions;
  }

  TestingReply get(String path) {
    return server.get(ada, REGISTRY + path);
  }

  TestingReply put(String token, String path, String json) {
    return server.put(token, REGISTRY + path, json);
  }

  TestingReply put(String token, String path, JsonNode json) {
    return server.put(token, REGISTRY + path, json.toString());
  }

  TestingReply delete(@Nullable String token, String path) {
    return server.delete(token, REGISTRY + path);
  }

  /// Changes the settings of `default`.
  void settings(boolean overwriting, boolean ownersOnly, boolean archived) {
    Registry.Settings now = server.registry().settings();
    server.change(
        server.registry(),
        new Registry.Settings(
            now.kind(), now.anonymousRead(), overwriting, ownersOnly, archived, now.scopes()));
  }

  @Override
  public void close() {
    server.close();
  }
}
