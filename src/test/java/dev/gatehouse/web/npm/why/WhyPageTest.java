package dev.gatehouse.web.npm.why;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.access.account.Role;
import dev.gatehouse.audit.Actor;
import dev.gatehouse.db.Dialect;
import dev.gatehouse.policy.Mode;
import dev.gatehouse.policy.PolicyName;
import dev.gatehouse.policy.decision.VersionDecision;
import dev.gatehouse.policy.decision.VersionDecision.State;
import dev.gatehouse.policy.store.VersionDecisions;
import dev.gatehouse.testing.RandomPolicies;
import dev.gatehouse.testing.RandomPolicies.Wanted;
import dev.gatehouse.testing.TestingPackument;
import dev.gatehouse.testing.TestingReply;
import dev.gatehouse.testing.TestingServer;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class WhyPageTest {
  @AutoClose private final TestingServer server = TestingServer.start(Dialect.SQLITE);
  private final String token = server.token("ada", Role.DEVELOPER);

  private TestingReply page(String spec) {
    return server.send(
        HttpRequest.newBuilder(URI.create(server.url() + "/r/default/-/why/" + spec))
            .header("authorization", "Bearer " + token)
            .header("accept", "text/html")
            .build());
  }

  private void set(Wanted wanted) {
    server
        .services()
        .policies()
        .set(
            new Actor.Operator(),
            server.registry(),
            wanted.policy(),
            wanted.mode(),
            wanted.settings());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "\"><svg onload=alert(1)>",
        "'><iframe srcdoc='<script>alert(1)</script>'>",
        "</td></table></pre><script>alert(1)</script>",
        "&lt;script&gt;alert(1)&lt;/script&gt;",
        "javascript:alert(1)//<a href=javascript:alert(1)>"
      })
  void showsWhatStrangersWroteAsText(String hostile) {
    TestingPackument.of("pad")
        .version(
            "1.0.0",
            "2020-01-01T00:00:00.000Z",
            manifest -> {
              manifest.put("license", hostile);
              ObjectNode dependencies = manifest.putObject("dependencies");
              dependencies.put("other", "https://elsewhere.example/" + hostile);
            })
        .putAt(server.upstream());
    set(RandomPolicies.wanted(PolicyName.LICENCES, Mode.ENFORCE, "{}"));
    set(RandomPolicies.wanted(PolicyName.EXOTIC, Mode.ENFORCE, "{}"));

    TestingReply page = page("pad@1.0.0");

    assertThat(page.status()).as(page.toString()).isEqualTo(200);
    assertThat(page.text()).contains("alert(1)").doesNotContain(hostile);
    assertThat(page.text()).doesNotContain("<script", "<img", "<svg", "<iframe", "<a ");
    assertThat(page.header("content-security-policy")).contains("default-src 'none'");
  }

  @Test
  void saysWhichCommandOpensTheVersion() {
    TestingPackument.of("pad").version("1.0.0").version("1.1.0").putAt(server.upstream());
    set(RandomPolicies.wanted(PolicyName.BLOCK_LIST, Mode.ENFORCE, "{'list':['pad@1.1.0']}"));

    assertThat(page("pad@1.1.0").text())
        .contains("./gatehouse waiver add default pad@1.1.0 --policy block-list --until 30d");
    assertThat(page("pad@1.0.0").text()).doesNotContain("./gatehouse");
  }

  @Test
  void saysWhichCommandEndsAPersonsQuarantine() {
    TestingPackument.of("pad").version("1.0.0").putAt(server.upstream());
    new VersionDecisions(server.services().policies())
        .decide(
            new Actor.Operator(),
            server.registry(),
            "pad",
            "1.0.0",
            new VersionDecision(State.QUARANTINED, "Odd", Set.of()));

    assertThat(page("pad@1.0.0").text())
        .contains("./gatehouse quarantine release default pad@1.0.0")
        .doesNotContain("waiver add");
  }
}
