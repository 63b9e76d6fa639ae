package dev.gatehouse.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import dev.gatehouse.access.account.Account;
import dev.gatehouse.access.account.NewAccount;
import dev.gatehouse.access.account.Role;
import dev.gatehouse.access.token.TokenLimits;
import dev.gatehouse.audit.Actor;
import dev.gatehouse.testing.TestingReply;
import dev.gatehouse.testing.TestingServer;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A client of the API that holds every answer against the API's document. It sends the headers
/// that it is given: those of a token, or of a browser's session.
record Api(TestingServer server, JsonNode document, Map<String, String> headers) {
  static final String PASSWORD = "correct horse battery";

  /// A client without a credential.
  static Api of(TestingServer server) {
    return new Api(server, server.get(null, "/api/v1/openapi.json").json(), Map.of());
  }

  /// A script of a user who is made in a workspace that is made.
  static Api of(TestingServer server, String workspace, String user, Role role) {
    var operator = new Actor.Operator();
    long id = server.services().registries().workspace(operator, workspace).id();
    Account made =
        server
            .services()
            .access()
            .accounts()
            .create(operator, id, new NewAccount(user, role, null, ""));
    return of(server).with("authorization", "Bearer " + server.token(made, TokenLimits.NONE));
  }

  Api with(String header, String value) {
    var more = new HashMap<>(headers);
    more.put(header, value);
    return new Api(server, document, more);
  }

  /// The same as a script of a user of that role.
  Api token(String user, Role role) {
    return with("authorization", "Bearer " + server.token(user, role));
  }

  /// The same as the web app of a user who has signed in, and who is made for that.
  Api session(String user, Role role) {
    account(user, role);
    return signedIn(user);
  }

  /// The same as the web app of a user who has signed in.
  Api signedIn(String user) {
    Api page = with("x-gatehouse-app", "1");
    TestingReply reply = page.post("session", signIn(user, PASSWORD));
    assertThat(reply.status()).as(reply.text()).isEqualTo(201);
    return page.with("cookie", cookie(reply));
  }

  /// The cookie that an answer sets.
  static String cookie(TestingReply reply) {
    String header = Objects.requireNonNull(reply.header("set-cookie"));
    return header.substring(0, header.indexOf(';'));
  }

  static String signIn(String user, String password) {
    return "{\"name\":\"" + user + "\",\"password\":\"" + password + "\"}";
  }

  Account account(String user, Role role) {
    return server.user(user, role, PASSWORD, "");
  }

  TestingReply get(String path) {
    return send("GET", path, null);
  }

  TestingReply post(String path, String json) {
    return send("POST", path, json);
  }

  TestingReply patch(String path, String json) {
    return send("PATCH", path, json);
  }

  TestingReply put(String path, String json) {
    return send("PUT", path, json);
  }

  TestingReply delete(String path) {
    return send("DELETE", path, null);
  }

  TestingReply send(String method, String path, @Nullable String json) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(server.url() + "/api/v1/" + path))
            .method(method, json == null ? BodyPublishers.noBody() : BodyPublishers.ofString(json));
    headers.forEach(request::header);
    TestingReply reply = server.send(request.build());
    check(method, path, reply);
    return reply;
  }

  /// Whether an answer has the form that the document promises.
  private void check(String method, String path, TestingReply reply) {
    JsonNode operation = operation(method, path);
    JsonNode responses = operation.path("responses");
    JsonNode promised = responses.path(Integer.toString(reply.status()));
    if (reply.status() >= 400) {
      assertThat(reply.header("content-type"))
          .as("%s %s: %s", method, path, reply)
          .isEqualTo("application/problem+json");
      validate(document.at("/components/schemas/Problem"), reply);
      assertThat(reply.json().path("status").asInt()).isEqualTo(reply.status());
    } else if (reply.status() != 304) {
      assertThat(promised.isMissingNode()).as("%s %s: %s", method, path, reply).isFalse();
      JsonNode schema = promised.at("/content/application~1json/schema");
      if (!schema.isMissingNode()) {
        validate(schema, reply);
      }
    }
  }

  private void validate(JsonNode schema, TestingReply reply) {
    ObjectNode whole = schema.deepCopy();
    whole.set("components", document.path("components"));
    var factory = JsonSchemaFactory.getInstance(VersionFlag.V202012);
    assertThat(factory.getSchema(whole).validate(reply.json())).as(reply.toString()).isEmpty();
  }

  /// What the document says of a path; of two templates that match, the one with the fewer
  /// variables.
  private JsonNode operation(String method, String path) {
    String plain = "/" + path.replaceFirst("\\?.*", "");
    String best = "";
    for (Map.Entry<String, JsonNode> one : document.path("paths").properties()) {
      String name = one.getKey().replace("{name}", "(@[^/]+/)?[^/]+");
      boolean closer = best.isEmpty() || !one.getKey().contains("{");
      if (plain.matches(name.replaceAll("\\{\\w+}", "[^/]+")) && closer) {
        best = one.getKey();
      }
    }
    JsonNode operation = document.path("paths").path(best).path(method.toLowerCase(Locale.ROOT));
    assertThat(operation.isMissingNode()).as(method + " " + path).isFalse();
    return operation;
  }
}
