package dev.gatehouse.review.scan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.access.account.Role;
import dev.gatehouse.audit.Actor;
import dev.gatehouse.db.Dialect;
import dev.gatehouse.policy.Mode;
import dev.gatehouse.policy.PolicyName;
import dev.gatehouse.testing.TestingClock;
import dev.gatehouse.testing.TestingReply;
import dev.gatehouse.testing.TestingServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// A guarded registry, somebody who installs from it, and an operator beside it.
final class Post implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  final TestingClock clock = new TestingClock();
  final TestingServer server;
  final String ada;

  Post(Dialect dialect) {
    server = TestingServer.start(dialect, clock);
    ada = server.token("ada", Role.DEVELOPER);
  }

  /// Enforces a policy of `default`, as the server itself does.
  void enforce(PolicyName policy, Mode mode) {
    server
        .services()
        .policies()
        .set(new Actor.Operator(), server.registry(), policy, mode, (ObjectNode) json("{}"));
  }

  /// Fetches a tarball.
  TestingReply fetch(String registry, String name, String version) {
    return server.get(ada, "/r/%s/%s/-/%s-%s.tgz".formatted(registry, name, name, version));
  }

  /// The operator's command beside the server, which notices before this returns.
  void operate(String input, String... arguments) {
    server.operate(input, arguments);
    assertThat(server.get("nobody's", "/r/default/-/whoami").status()).isEqualTo(401);
    settle();
  }

  /// An advisory written by hand.
  void advise(String record) {
    operate(record, "advisories", "add", "-");
  }

  /// Returns when everything was looked at again that changes of policies have touched.
  void settleJobs() {
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (rescans() > 0) {
      assertThat(System.nanoTime()).as("jobs that are not done").isLessThan(end);
      Thread.onSpinWait();
    }
    settle();
  }

  private int rescans() {
    return server
        .services()
        .database()
        .read(handle ->
            handle
                .createQuery("SELECT COUNT(*) FROM job WHERE kind = 'rescan'")
                .mapTo(Integer.class)
                .one());
  }

  void settle() {
    server.services().downloads().flush();
    server.services().scanner().settle();
  }

  /// All issues, the open ones first: `1 open malware critical pad MAL-1`.
  List<String> issues() {
    List<String> lines = new ArrayList<>();
    for (JsonNode one : json(server.operate("", "issue", "list", "--all", "--json"))) {
      lines.add(
          "%d %s %s %s %s %s"
              .formatted(
                  one.path("number").asInt(),
                  one.path("status").asText(),
                  one.path("type").asText(),
                  one.path("severity").asText(),
                  one.path("name").asText(),
                  one.path("cause").asText()));
    }
    return lines;
  }

  JsonNode issue(int number) {
    return json(server.operate("", "issue", "show", "" + number, "--json"));
  }

  /// Where it is: `default 1.0.0 blocked false`.
  List<String> occurrences(int number) {
    List<String> lines = new ArrayList<>();
    for (JsonNode one : issue(number).path("occurrences")) {
      lines.add(
          "%s %s %s%s"
              .formatted(
                  one.path("registry").asText(),
                  one.path("version").asText(),
                  one.path("verdict").asText(),
                  one.path("waived").asBoolean() ? " waived" : ""));
    }
    return lines;
  }

  /// What has happened to it: `opened`, `found pad@1.0.0 in default`.
  List<String> history(int number) {
    List<String> lines = new ArrayList<>();
    for (JsonNode one : issue(number).path("history")) {
      lines.add(one.path("what").asText() + " " + one.path("text").asText());
    }
    return lines;
  }

  static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
