package dev.gatehouse.app.command.moving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.gatehouse.access.account.Role;
import dev.gatehouse.audit.Actor;
import dev.gatehouse.db.Dialect;
import dev.gatehouse.registries.Registry;
import dev.gatehouse.registries.Upstream;
import dev.gatehouse.registries.Upstreams;
import dev.gatehouse.testing.OnBothDatabases;
import dev.gatehouse.testing.PackageBuilder;
import dev.gatehouse.testing.TestingServer;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What operators see of jobs that were given up, and how these go on once the cause is gone.
@OnBothDatabases
final class JobCommandTest {
  private static final JsonMapper JSON = new JsonMapper();

  @AutoClose private final TestingServer server;
  private final String ada;

  JobCommandTest(Dialect dialect) {
    server = TestingServer.start(dialect);
    ada = server.token("ada", Role.DEVELOPER);
  }

  /// A version that its registry forwards to one which has other bytes under that number.
  @BeforeEach
  void giveUp() throws IOException {
    var overwriting =
        new Registry.Settings(Registry.Kind.STANDARD, false, true, false, false, List.of());
    server.change(server.registry(), overwriting);
    server.addRegistry("below", Registry.Settings.of(Registry.Kind.STANDARD));
    publish("below", PackageBuilder.named("a").file("other.js", "1"));
    server
        .services()
        .upstreams()
        .add(
            new Actor.Operator(),
            server.registry(),
            "below",
            new Upstreams.Here(server.registry("below")),
            new Upstreams.Options(false, true, Upstream.Forward.ALL));
    publish("default", PackageBuilder.named("a"));
    await("given up");
  }

  @Test
  void listsWhatWasGivenUpForPeopleAndForScripts() throws IOException {
    JsonNode job = jobs().get(0);
    assertThat(job.path("kind").asText()).isEqualTo("forward");
    assertThat(job.path("what").asText()).isEqualTo("a@1.0.0 from default to below");
    assertThat(job.path("failure").asText()).contains("is published here already");
    assertThat(job.path("due").isNull()).isTrue();
    assertThat(server.operate("", "job", "list", "--failed"))
        .startsWith(
            "ID  KIND     WHAT                           STATE     ATTEMPTS  LAST FAILURE\n")
        .contains("a@1.0.0 from default to below  given up  1         Version 1.0.0 of a");
  }

  @Test
  void aRetriedJobIsDoneOnceItsCauseIsGoneAndElseGivenUpAgain() throws IOException {
    String id = jobs().get(0).path("id").asText();
    assertThat(server.operate("", "job", "retry", id))
        .isEqualTo("Due now: forward a@1.0.0 from default to below.\n");
    assertThat(server.audited("operator")).contains("job.retry forward " + id);
    await("given up");

    var overwriting =
        new Registry.Settings(Registry.Kind.STANDARD, false, true, false, false, List.of());
    server.change(server.registry("below"), overwriting);
    server.operate("", "job", "retry", "--all");
    await("");
    assertThat(server.get(ada, "/r/below/a/-/a-1.0.0.tgz").body())
        .isEqualTo(PackageBuilder.named("a").tarball());
    assertThat(server.operate("", "job", "retry", "--all")).isEqualTo("No job was given up.\n");
  }

  @Test
  void refusesWhatIsNoJobWithASentence() {
    Throwable refusal = catchThrowable(() -> server.operate("", "job", "retry", "4711"));
    assertThat(refusal).hasMessage("There is no job 4711: it is done, or its number is another.\n");
  }

  private void publish(String registry, PackageBuilder pack) {
    assertThat(server.put(ada, "/r/" + registry + "/a", pack.publishBody()).status())
        .isEqualTo(201);
  }

  private JsonNode jobs() throws IOException {
    return JSON.readTree(server.operate("", "job", "list", "--json"));
  }

  /// Waits until the one job has that state; empty: until it is done.
  private void await(String state) throws IOException {
    long end = System.nanoTime() + 30_000_000_000L;
    while (!jobs().path(0).path("state").asText().equals(state)) {
      assertThat(System.nanoTime()).as("the end of waiting").isLessThan(end);
    }
  }
}
