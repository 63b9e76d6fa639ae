package dev.gatehouse.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.gatehouse.access.account.Role;
import dev.gatehouse.audit.Actor;
import dev.gatehouse.db.Dialect;
import dev.gatehouse.install.attestation.RealBundle;
import dev.gatehouse.policy.Mode;
import dev.gatehouse.policy.PolicyName;
import dev.gatehouse.testing.TestingClock;
import dev.gatehouse.testing.TestingPackage;
import dev.gatehouse.testing.TestingReply;
import dev.gatehouse.testing.TestingServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Two servers on one PostgreSQL and one data directory: what one has done the other knows.
final class TwoServersTest {
  private static final String PAD = "/r/default/acme-shared-pad";
  private static final String TARBALL = PAD + "/-/acme-shared-pad-1.0.0.tgz";
  private static final String PLACE = "/-/npm/v1/attestations/acme-shared-pad@1.0.0";

  private final TestingClock clock = new TestingClock();
  private final TestingServer first = TestingServer.start(Dialect.POSTGRESQL, clock);
  private final Server second;
  private String ada = "";

  TwoServersTest() throws IOException {
    second = Server.start(first.config(), clock);
  }

  @BeforeEach
  void put() {
    ada = first.token("ada", Role.DEVELOPER);
    var made = TestingPackage.of("acme-shared-pad", "1.0.0");
    made.putAt(first.upstream());
    first
        .upstream()
        .put(
            "acme-shared-pad",
            made.packument(first.upstream().url(), made.tarball())
                .replace(
                    "\"shasum\"",
                    "\"attestations\":{\"url\":\"https://elsewhere.example%s\",\"provenance\":{\"predicateType\":\"x\"}},\"shasum\""
                        .formatted(PLACE))
                .replace(
                    "\"dist\":", "\"dependencies\":{\"acme-shared-other\":\"1.0.0\"},\"dist\":"));
  }

  /// The first one has the database.
  @AfterEach
  void close() throws IOException {
    second.close();
    first.close();
  }

  /// GET from the second server.
  private TestingReply get(String token, String path) {
    return first.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + second.port() + path))
            .header("authorization", "Bearer " + token)
            .build());
  }

  /// Lets the second server learn what the first one has told: whoever is about to be refused for
  /// what may be out of date makes it look.
  private void tell() {
    assertThat(get("nobody's", "/r/default/-/whoami").status()).isEqualTo(401);
  }

  private void enforce(PolicyName policy, String... settings) {
    var all = JsonNodeFactory.instance.objectNode();
    for (int i = 0; i < settings.length; i += 2) {
      all.put(settings[i], settings[i + 1]);
    }
    first
        .services()
        .policies()
        .set(new Actor.Operator(), first.registry(), policy, Mode.ENFORCE, all);
    tell();
  }

  @Test
  void whatOneHasSeenInATarballTheOtherHasSeen() {
    enforce(PolicyName.CONSISTENCY);
    assertThat(get(ada, PAD).status()).as("nobody has looked").isEqualTo(200);

    assertThat(first.get(ada, TARBALL).status()).isEqualTo(403);
    tell();

    assertThat(get(ada, PAD).status()).isEqualTo(403);
    assertThat(get(ada, TARBALL).status()).isEqualTo(403);
    assertThat(first.upstream().requests("/acme-shared-pad/-/acme-shared-pad-1.0.0.tgz"))
        .hasSize(1);
  }

  @Test
  void whatOneHasFoundOfProvenanceTheOtherKnows() {
    first.upstream().at(PLACE).body(RealBundle.THIRD.document());
    enforce(PolicyName.TRUST, "missing", "allow", "new-publisher", "allow", "unchecked", "allow");
    assertThat(get(ada, PAD).status()).as("nobody has looked").isEqualTo(200);

    assertThat(first.get(ada, TARBALL).status()).isEqualTo(403);
    tell();

    assertThat(get(ada, PAD).status()).isEqualTo(403);
    assertThat(first.upstream().requests(PLACE)).hasSize(1);
  }

  @Test
  void theWorkOfTheDayIsOneJobThatIsDoneAgainTheNextDay() {
    assertThat(due()).as("one for both").hasSize(1);
    first.services().database().write(handle -> handle.execute("UPDATE job SET due = 0"));

    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    Instant tomorrow = Instant.now().plus(Duration.ofHours(23));
    while (due().getFirst().isBefore(tomorrow)) {
      assertThat(System.nanoTime()).as("work that is not done").isLessThan(end);
      Thread.onSpinWait();
    }

    assertThat(due()).hasSize(1);
  }

  /// When the work of the day is due.
  private List<Instant> due() {
    return first
        .services()
        .database()
        .read(handle ->
            handle
                .createQuery("SELECT due FROM job WHERE kind = 'daily'")
                .mapTo(Long.class)
                .map(Instant::ofEpochMilli)
                .list());
  }
}
