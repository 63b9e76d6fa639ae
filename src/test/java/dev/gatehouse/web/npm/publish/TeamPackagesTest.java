package dev.gatehouse.web.npm.publish;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.access.account.Role;
import dev.gatehouse.access.token.TokenLimits;
import dev.gatehouse.db.Dialect;
import dev.gatehouse.registries.Registry;
import dev.gatehouse.testing.OnBothDatabases;
import dev.gatehouse.testing.PackageBuilder;
import dev.gatehouse.testing.TestingReply;
import dev.gatehouse.testing.TestingServer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What `npm access grant`, `revoke` and `list` send, and whom that lets publish.
@OnBothDatabases
final class TeamPackagesTest {
  private static final String GRANTS = "/r/default/-/team/default/devs/package";
  private static final Registry.Settings OWNERS_ONLY =
      new Registry.Settings(Registry.Kind.STANDARD, false, false, true, false, List.of());

  @AutoClose private final TestingServer server;
  private final String admin;
  private final String dora;
  private final String dan;

  TeamPackagesTest(Dialect dialect) {
    server = TestingServer.start(dialect);
    admin = server.token("ada", Role.ADMIN);
    dora = server.token("dora", Role.DEVELOPER);
    dan = server.token("dan", Role.DEVELOPER);
  }

  @BeforeEach
  void restrict() {
    server.change(server.registry(), OWNERS_ONLY);
    is(201, send(admin, "PUT", "/r/default/-/org/default/team", "{\"name\":\"devs\"}"));
    is(200, send(admin, "PUT", "/r/default/-/team/default/devs/user", "{\"user\":\"dan\"}"));
    is(201, publish(dora, "@acme/lib", "1.0.0"));
  }

  private TestingReply send(
      @Nullable String as, String method, String path, @Nullable String json) {
    return server.send(
        as, method, path, json == null ? null : json.getBytes(StandardCharsets.UTF_8));
  }

  private static void is(int status, TestingReply reply) {
    assertThat(reply.status()).as(reply.text()).isEqualTo(status);
  }

  private TestingReply publish(String as, String name, String version) {
    String document = PackageBuilder.named(name).version(version).publishDocument().toString();
    return server.put(as, "/r/default/" + name.replace("/", "%2f"), document);
  }

  private TestingReply grant(String as, String name, String permissions) {
    return send(
        as,
        "PUT",
        GRANTS,
        "{\"package\":\"%s\",\"permissions\":\"%s\"}".formatted(name, permissions));
  }

  private TestingReply revoke(String as, String name) {
    return send(as, "DELETE", GRANTS, "{\"package\":\"%s\"}".formatted(name));
  }

  @Test
  void membersOfATeamThatMayWriteAPackagePublishItUntilThatIsTaken() {
    is(403, publish(dan, "@acme/lib", "1.1.0"));
    is(200, grant(dora, "@acme/lib", "read-write"));
    is(201, publish(dan, "@acme/lib", "1.1.0"));
    assertThat(server.get(dan, GRANTS + "?format=cli").text())
        .isEqualTo("{\"@acme/lib\":\"write\"}");
    is(200, revoke(dora, "@acme/lib"));
    is(403, publish(dan, "@acme/lib", "1.2.0"));
    is(404, revoke(dora, "@acme/lib"));
    assertThat(server.get(dan, GRANTS).text()).isEqualTo("{}");
    assertThat(server.audited("user:dora"))
        .contains("package.grant default/@acme/lib", "package.revoke default/@acme/lib");
  }

  @Test
  void readOnlyIsListedAndLetsNobodyPublish() {
    is(200, grant(dora, "@acme/lib", "read-only"));
    is(403, publish(dan, "@acme/lib", "1.1.0"));
    assertThat(server.get(dan, "/r/default/-/package/@acme%2flib/collaborators").text())
        .isEqualTo("{\"dan\":\"read\",\"dora\":\"write\"}");
    is(200, grant(dora, "@acme/lib", "read-write"));
    assertThat(server.get(dan, "/r/default/-/package/@acme%2flib/collaborators").text())
        .isEqualTo("{\"dan\":\"write\",\"dora\":\"write\"}");
    assertThat(
            server
                .get(dan, "/r/default/-/package/@acme%2flib/collaborators?format=cli&user=dan")
                .text())
        .contains("\"user\":\"dan\"", "\"permissions\":\"write\"")
        .doesNotContain("dora");
  }

  @Test
  void aScopeIsItsTeamsAlsoWhereThereIsNothingYet() {
    is(403, grant(dora, "@acme/*", "read-write"));
    is(200, grant(admin, "@acme/*", "read-write"));
    is(403, publish(dora, "@acme/new", "1.0.0"));
    is(201, publish(dan, "@acme/new", "1.0.0"));
    is(201, publish(dan, "@acme/lib", "1.1.0"));
    is(201, publish(dora, "@acme/lib", "1.2.0"));
    is(201, publish(dora, "@other/new", "1.0.0"));
    is(201, publish(dora, "acme", "1.0.0"));
    is(403, revoke(dan, "@acme/*"));
    is(200, revoke(admin, "@acme/*"));
    is(201, publish(dora, "@acme/newer", "1.0.0"));
    assertThat(server.audited("user:ada"))
        .contains("scope.grant default/@acme/*", "scope.revoke default/@acme/*");
  }

  @Test
  void aTeamWithoutMembersOwnsNevertheless() {
    is(200, grant(admin, "@acme/*", "read-write"));
    is(200, send(admin, "DELETE", "/r/default/-/team/default/devs/user", "{\"user\":\"dan\"}"));
    is(403, publish(dan, "@acme/new", "1.0.0"));
    is(201, publish(admin, "@acme/new", "1.0.0"));
  }

  @Test
  void aTeamThatOwnsSomethingIsNotDeleted() {
    is(200, grant(admin, "@acme/*", "read-write"));
    TestingReply refused = send(admin, "DELETE", "/r/default/-/team/default/devs", null);
    is(409, refused);
    assertThat(refused.text()).contains("owns default/@acme/*");
    is(200, grant(admin, "@acme/*", "read-only"));
    is(200, send(admin, "DELETE", "/r/default/-/team/default/devs", null));
    assertThat(server.audited("user:ada")).contains("team.delete devs");
  }

  @Test
  void ownershipLetsNobodyPublishWhoseRoleDoesNot() {
    String rita = server.token("rita", Role.READ_ONLY);
    is(200, send(admin, "PUT", "/r/default/-/team/default/devs/user", "{\"user\":\"rita\"}"));
    is(200, grant(admin, "@acme/lib", "read-write"));
    is(403, publish(rita, "@acme/lib", "1.1.0"));
    is(403, grant(rita, "@acme/lib", "read-write"));
    String reader =
        server.token(
            server.user("dora"), new TokenLimits(true, Set.of(), Set.of(), List.of(), null));
    is(403, grant(reader, "@acme/lib", "read-only"));
  }

  @Test
  void refusesWhoDoesNotOwnThePackageAndWhatIsNotThere() {
    is(403, grant(dan, "@acme/lib", "read-write"));
    is(403, grant(dora, "not-here", "read-write"));
    is(400, grant(dora, "@acme/lib", "everything"));
    is(400, grant(dora, "NOT a name", "read-write"));
    is(400, send(dora, "PUT", GRANTS, "{\"permissions\":\"read-write\"}"));
    is(400, send(dora, "PUT", GRANTS, "[]"));
    is(
        404,
        send(
            dora,
            "PUT",
            GRANTS.replace("devs", "nobody"),
            "{\"package\":\"@acme/lib\",\"permissions\":\"read-only\"}"));
    is(
        404,
        send(
            dora,
            "PUT",
            GRANTS.replace("/default/devs", "/other/devs"),
            "{\"package\":\"@acme/lib\",\"permissions\":\"read-only\"}"));
    is(401, server.get(null, GRANTS));
    is(401, send(null, "PUT", GRANTS, "{\"package\":\"@acme/lib\",\"permissions\":\"read-only\"}"));
  }
}
