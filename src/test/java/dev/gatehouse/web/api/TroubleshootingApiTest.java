package dev.gatehouse.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.gatehouse.access.account.NewAccount;
import dev.gatehouse.access.account.Role;
import dev.gatehouse.access.token.AddressRange;
import dev.gatehouse.access.token.NewToken;
import dev.gatehouse.access.token.PackageLimit;
import dev.gatehouse.access.token.TokenLimits;
import dev.gatehouse.audit.Actor;
import dev.gatehouse.db.Dialect;
import dev.gatehouse.registries.Registry;
import dev.gatehouse.testing.OnBothDatabases;
import dev.gatehouse.testing.PackageBuilder;
import dev.gatehouse.testing.TestingClock;
import dev.gatehouse.testing.TestingReply;
import dev.gatehouse.testing.TestingServer;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// `troubleshooting`.
@OnBothDatabases
final class TroubleshootingApiTest {
  private static final Actor OPERATOR = new Actor.Operator();
  private static final String UNKNOWN = "It is no token of yours";

  private final TestingClock clock = new TestingClock();
  @AutoClose private final TestingServer server;
  private final Api api;
  private final Api dora;
  private final String token;
  private final String url;
  private final String key;

  TroubleshootingApiTest(Dialect dialect) {
    server = TestingServer.start(dialect, clock);
    api = Api.of(server);
    token = server.token("dora", Role.DEVELOPER);
    dora = api.with("authorization", "Bearer " + token);
    url = server.url() + "/r/default/";
    key = url.substring("http:".length());
  }

  private static String body(String text) {
    return JsonNodeFactory.instance.objectNode().put("text", text).toString();
  }

  private static JsonNode look(Api as, String text) {
    TestingReply reply = as.post("troubleshooting", body(text));
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    return reply.json().path("findings");
  }

  /// All findings but the good ones, as `line says`.
  private static List<String> faults(Api as, String text) {
    return look(as, text)
        .valueStream()
        .filter(one -> !one.path("level").asText().equals("fine"))
        .map(one -> one.path("line").asText() + " " + one.path("says").asText())
        .toList();
  }

  private String npmrc(String address, String secret) {
    return "registry=%s\n%s:_authToken=%s\n"
        .formatted(address, address.replaceFirst("^https?:", ""), secret);
  }

  private String limited(TokenLimits limits) {
    return server.token(server.user("dora"), limits);
  }

  @Test
  void findsNothingWrongWithWhatIsRight() {
    assertThat(faults(dora, "; mine\n" + npmrc(url, token))).isEmpty();
    assertThat(look(dora, npmrc(url, token)).toString())
        .contains("Packages come from the registry", "The token works");
    String berry =
        "npmRegistryServer: \"%s\"\nnpmAuthToken: \"%s\"\nnpmAlwaysAuth: true\nunsafeHttpWhitelist:\n  - \"127.0.0.1\"\n"
            .formatted(url, token);
    assertThat(faults(dora, berry)).isEmpty();
    String scoped =
        "npmScopes:\n  acme:\n    npmRegistryServer: %s\n    npmAuthToken: %s\nunsafeHttpWhitelist: \n- '*'\n"
            .formatted(url, token);
    assertThat(faults(dora, scoped))
        .containsExactly(
            "3 yarn installs @acme from here, and publishes it to its own default registry.");
    String publishing =
        "    npmRegistryServer: %s\n    npmPublishRegistry: %s\n".formatted(url, url);
    assertThat(
            faults(dora, scoped.replace("    npmRegistryServer: %s\n".formatted(url), publishing)))
        .isEmpty();
    String flow =
        "npmRegistryServer: \"%s\"\nnpmAuthToken: \"%s\"\nnpmAlwaysAuth: true\nunsafeHttpWhitelist: [\"localhost\", \"127.0.0.1\"] # not with TLS\n"
            .formatted(url, token);
    assertThat(faults(dora, flow)).isEmpty();
    String bun = "[install]\nregistry = { url = \"%s\", token = \"%s\" }\n".formatted(url, token);
    assertThat(faults(dora, bun)).isEmpty();
  }

  @Test
  void readsVariablesAsTheFileThatTheyStandFor() {
    String npm =
        "export npm_config_registry=%s\nENV npm_config_%s:_authToken=%s\n"
            .formatted(url, key, token);
    assertThat(faults(dora, npm)).isEmpty();
    String loud =
        "variables:\n  NPM_CONFIG_REGISTRY: \"%s\"\n%s:_authToken=%s\n".formatted(url, key, token);
    assertThat(faults(dora, loud)).isEmpty();
    assertThat(
            faults(dora, "npm_config_registry=%s\nnpm_config__authToken=%s".formatted(url, token)))
        .anyMatch(one -> one.startsWith("2 _authToken names no address"));
    String berry =
        "YARN_NPM_REGISTRY_SERVER=%s\nYARN_NPM_AUTH_TOKEN=%s\nunsafeHttpWhitelist: ['*']\n";
    assertThat(faults(dora, berry.formatted(url, token)))
        .containsExactly(
            "null Without npmAlwaysAuth yarn sends its token for scoped packages only.");
    assertThat(faults(dora, berry.formatted(url, token) + "export YARN_NPM_ALWAYS_AUTH=true"))
        .isEmpty();
  }

  @Test
  void readsYarnClassicsOwnFileAndWhatYarnDoesNotTakeFromIt() {
    String right = "# mine\nregistry \"%s\"\n\"@acme:registry\" \"%s\"\n".formatted(url, url);
    assertThat(faults(dora, right)).isEmpty();
    assertThat(look(dora, right).toString()).contains("Packages of @acme come from the registry");
    String wrong = right + "always-auth true\n\"%s:_authToken\" \"%s\"\n".formatted(key, token);
    assertThat(faults(dora, wrong))
        .containsExactlyInAnyOrder(
            "4 yarn takes always-auth from .npmrc alone: here it has no effect.",
            "5 yarn takes tokens from .npmrc alone: this one is not sent.");
    assertThat(faults(dora, "registry \"https://elsewhere.example/\"\n"))
        .anyMatch(one -> one.startsWith("1 It is another server"));
  }

  @Test
  void readsTablesOfABunfigAndWhereYarnPublishesAScope() {
    String table = "[install.%s]\nurl = \"%s\"\ntoken = \"%s\"\n";
    assertThat(faults(dora, table.formatted("registry", url, token))).isEmpty();
    String scoped = table.formatted("scopes.\"@acme\"", url, token);
    assertThat(faults(dora, scoped)).isEmpty();
    assertThat(look(dora, scoped).toString()).contains("Packages of @acme come from");
    assertThat(faults(dora, table.formatted("scopes.acme", url, "gh_broken")))
        .containsExactly("3 The token is damaged.");
  }

  @Test
  void findsAddressesThatAreWrong() {
    server.addRegistry("team", server.registry().settings());
    Registry old = server.addRegistry("before", server.registry().settings());
    server.services().registries().rename(OPERATOR, old, "after");
    server.addRegistry("attic", server.registry().settings().withArchived(true));
    String host = server.url();
    List<List<String>> cases =
        List.of(
            List.of("https://elsewhere.example/", "It is another server"),
            List.of(host.replace("http:", "https:") + "/r/default/", "It says https, and this"),
            List.of(
                host.replace("127.0.0.1", "localhost") + "/r/default/", "under another address"),
            List.of(host + "/", "names this server and no registry"),
            List.of(host + "/registries/team", "The path leads to no registry"),
            List.of(host + "/r/default", "The slash at the end is missing"),
            List.of(host + "/r/nope/", "There is no registry \"nope\""),
            List.of(
                host + "/w/other/r/default/",
                "There is no registry \"default\" in the workspace \"other\""),
            List.of(host + "/r/before/", "is called \"after\" now"),
            List.of(host + "/r/attic/", "is archived"),
            List.of(host.replace("//", "//me:secret@") + "/r/default/", "holds a name or password"),
            List.of("${REGISTRY}", "made of a variable"),
            List.of("registry.example", "no address of a registry"),
            List.of("http://[::1/", "no address of a registry"));
    for (List<String> one : cases) {
      assertThat(faults(dora, "registry=" + one.getFirst()))
          .as(one.getFirst())
          .anySatisfy(fault -> assertThat(fault).startsWith("1 ").contains(one.getLast()));
    }
    String cures = look(dora, "registry=" + host + "/registries/team").toString();
    assertThat(cures).contains("Write " + host + "/r/team/");
    assertThat(
            look(dora, "registry=" + host.replace("//", "//me:secret@") + "/r/default/").toString())
        .doesNotContain("secret");
  }

  @Test
  void findsTokensThatGoNowhere() {
    String base = server.url().substring("http:".length());
    List<List<String>> cases =
        List.of(
            List.of(base + "/:_authToken=", "shorter than the registry's address"),
            List.of("//elsewhere.example/:_authToken=", "no registry that is set here is there"),
            List.of("//127.0.0.1/r/default/:_authToken=", "no registry that is set here is there"),
            List.of(url + ":_authToken=", "begins with http"),
            List.of(key.replaceFirst("/$", "") + ":_authToken=", "lacks the slash"),
            List.of("_authToken=", "names no address"),
            List.of("_auth=", "names no address"));
    for (List<String> one : cases) {
      assertThat(faults(dora, "registry=" + url + "\n" + one.getFirst() + token))
          .as(one.getFirst())
          .anySatisfy(fault -> assertThat(fault).startsWith("2 ").contains(one.getLast()));
    }
    assertThat(faults(dora, "registry=" + url))
        .containsExactly("1 No token goes to the registry \"default\": it answers 401.");
    server.change(server.registry(), opened());
    assertThat(faults(dora, "registry=" + url)).isEmpty();
    assertThat(faults(dora, npmrc(url, token) + key + ":_auth=ZG9yYTp4\n").toString())
        .contains("it is a leftover");
    assertThat(faults(dora, "registry=" + url + "\n" + key + ":_password=eA==\n").toString())
        .contains("anybody can read");
    assertThat(faults(dora, "npmRegistryServer: " + url + "\nnpmAuthToken: " + token).toString())
        .contains("Without npmAlwaysAuth", "YN0081");
  }

  private Registry.Settings opened() {
    return new Registry.Settings(Registry.Kind.STANDARD, true, false, false, false, List.of());
  }

  @Test
  void knowsWhereWhoeverReadsElsewhereMayPublish() {
    Api owner = dora.token("olga", Role.OWNER);
    String token = server.token("rita", Role.READ_ONLY);
    Api rita = dora.with("authorization", "Bearer " + token);
    assertThat(faults(rita, npmrc(url, token)))
        .singleElement()
        .asString()
        .contains("\"rita\" may not publish here");
    owner.put(
        "registries/default/rights",
        "{\"audience\":\"roles\",\"people\":{\"rita\":[\"publish\"]},\"teams\":{}}");
    assertThat(faults(rita, npmrc(url, token))).isEmpty();
  }

  @Test
  void saysWhatIsWrongWithATokenOfOnesOwn() {
    Registry team = server.addRegistry("team", server.registry().settings());
    var reading = new TokenLimits(true, Set.of(), Set.of(), List.of(), null);
    var elsewhere = new TokenLimits(false, Set.of(team.id()), Set.of(), List.of(), null);
    var far =
        new TokenLimits(false, Set.of(), Set.of(), List.of(AddressRange.of("10.0.0.0/8")), null);
    var brief =
        new TokenLimits(
            false, Set.of(), Set.of(), List.of(), clock.instant().plus(Duration.ofDays(1)));
    String ending = limited(brief);
    clock.advance(Duration.ofDays(2));
    assertThat(faults(dora, npmrc(url, limited(reading))))
        .hasSize(1)
        .first()
        .asString()
        .contains("2 The token is read-only");
    var widget =
        new TokenLimits(false, Set.of(), Set.of(PackageLimit.of("@acme/widget")), List.of(), null);
    assertThat(faults(dora, npmrc(url, limited(widget))))
        .hasSize(1)
        .first()
        .asString()
        .contains("2 The token changes @acme/widget alone");
    assertThat(faults(dora, npmrc(url, limited(elsewhere))))
        .hasSize(1)
        .first()
        .asString()
        .contains("limited to other registries than \"default\"");
    assertThat(faults(dora, npmrc(server.url() + "/r/team/", limited(elsewhere)))).isEmpty();
    assertThat(faults(dora, npmrc(url, limited(far))))
        .hasSize(1)
        .first()
        .asString()
        .contains("works from 10.0.0.0/8 alone");
    assertThat(faults(dora, npmrc(url, ending)))
        .hasSize(1)
        .first()
        .asString()
        .contains("The token expired on");
    for (List<String> one :
        List.of(
            List.of("${NPM_TOKEN}", "from the variable NPM_TOKEN"),
            List.of("$NPM_TOKEN", "leave $NPM_TOKEN alone"),
            List.of("npm_abcdef", "no token of this server"),
            List.of(token.substring(0, 20), "damaged"),
            List.of("gh_…", "left out here"))) {
      assertThat(faults(dora, npmrc(url, one.getFirst())))
          .hasSize(1)
          .first()
          .asString()
          .contains(one.getLast());
    }
  }

  @Test
  void tellsNobodyElseWhetherThereIsAToken() {
    Api eve = api.token("eve", Role.DEVELOPER);
    String gone = limited(TokenLimits.NONE);
    server.services().access().tokens().revoke(OPERATOR, server.user("dora"), gone);
    String theirs = look(eve, npmrc(url, token)).toString();
    assertThat(theirs).contains(UNKNOWN).isEqualTo(look(eve, npmrc(url, gone)).toString());
    Api adam = api.token("adam", Role.ADMIN);
    assertThat(look(adam, npmrc(url, token)).toString()).contains("of dora");
    assertThat(look(adam, npmrc(url, gone)).toString()).contains("no such token in your workspace");
    Api olga = Api.of(server, "other", "olga", Role.OWNER);
    assertThat(look(olga, npmrc(url, token)).toString())
        .contains("no such token in your workspace")
        .doesNotContain("dora");
    var some = new TokenLimits(false, Set.of(server.registry().id()), Set.of(), List.of(), null);
    Api narrow = api.with("authorization", "Bearer " + server.token(server.user("adam"), some));
    assertThat(look(narrow, npmrc(url, token)).toString()).contains(UNKNOWN);
    var reading = new TokenLimits(true, Set.of(), Set.of(), List.of(), null);
    Api weak = api.with("authorization", "Bearer " + server.token(server.user("adam"), reading));
    assertThat(look(weak, npmrc(url, token)).toString()).contains(UNKNOWN);
  }

  @Test
  void tellsADeactivatedAccountsToken() {
    var account = new NewAccount("gone", Role.DEVELOPER, null, "");
    var made =
        server
            .services()
            .access()
            .accounts()
            .create(OPERATOR, server.registry().workspace().id(), account);
    String left =
        server
            .services()
            .access()
            .tokens()
            .create(OPERATOR, made, new NewToken("x", TokenLimits.NONE, null))
            .text();
    server.services().access().accounts().deactivate(OPERATOR, made);
    Api adam = api.token("adam", Role.ADMIN);
    assertThat(faults(adam, npmrc(url, left)).toString())
        .contains("\"gone\" of this token is deactivated");
  }

  @Test
  void keepsAndRepeatsNothingOfWhatWasPasted() {
    String text =
        npmrc(url, token)
            + key
            + ":_password=c2VjcmV0\n_auth=c2VjcmV0\nnpm error code E401 "
            + token;
    String answer = look(dora, text).toString();
    assertThat(answer).doesNotContain(token, "c2VjcmV0");
    assertThat(server.audited("user:dora")).isEmpty();
  }

  @Test
  void asksThePoliciesForWhatAMessageNames() {
    for (String version : List.of("1.2.0", "1.3.0")) {
      byte[] document = PackageBuilder.named("left-pad").version(version).publishBody();
      assertThat(server.put(token, "/r/default/left-pad", document).status()).isEqualTo(201);
    }
    Api adam = api.token("adam", Role.ADMIN);
    adam.post(
        "registries/default/decisions",
        "{\"name\":\"left-pad\",\"version\":\"1.3.0\",\"state\":\"quarantined\",\"reason\":\"Looks"
            + " odd\"}");
    String withheld =
        look(dora, "npm error notarget No matching version found for left-pad@1.3.0.").toString();
    assertThat(withheld).contains("Looks odd", "/registries/default/withheld?package=left-pad");
    assertThat(
            look(dora, "npm error notarget No matching version found for left-pad@^1.2.0.")
                .toString())
        .contains("1 of 2 versions of left-pad", "Looks odd");
    assertThat(
            look(dora, "npm error notarget No matching version found for left-pad@99.").toString())
        .contains("There is no version \\\"99\\\" of left-pad", "there are 2 others");
    assertThat(
            look(
                    dora,
                    "➤ YN0035: Request URL: "
                        + url
                        + "right-pad\nright-pad@unknown can't be resolved")
                .toString())
        .contains("There is no package right-pad in the registry", "none of its upstreams");
    Api olga = Api.of(server, "other", "olga", Role.OWNER);
    assertThat(
            look(olga, "GET " + url + "left-pad - 404 No matching version found for left-pad@1.3.0")
                .toString())
        .doesNotContain("Looks odd");
  }

  @Test
  void looksWhereItIsToldTo() {
    for (String name : List.of("a", "b", "c", "d")) {
      server.addRegistry(name, server.registry().settings());
    }
    String text = "No matching version found for left-pad@1.3.0.";
    assertThat(look(dora, text).toString()).contains("names a package and no registry");
    String chosen = "{\"text\":\"%s\",\"registry\":\"%s\"}";
    assertThat(dora.post("troubleshooting", chosen.formatted(text, "a")).text())
        .contains(
            "There is no package left-pad in the registry \\\"a\\\", which draws from nothing");
    assertThat(dora.post("troubleshooting", chosen.formatted(text, "nope")).status())
        .isEqualTo(404);
    Api olga = Api.of(server, "other", "olga", Role.OWNER);
    assertThat(olga.post("troubleshooting", chosen.formatted(text, "a")).status()).isEqualTo(404);
  }

  @Test
  void refusesWhatItCannotRead() {
    for (String bad :
        List.of("{}", "{\"text\":\" \"}", "{\"text\":1}", "[]", "{\"text\":\"a\",\"more\":1}")) {
      assertThat(dora.post("troubleshooting", bad).status()).as(bad).isEqualTo(400);
    }
    assertThat(dora.post("troubleshooting", body("a".repeat(70_000))).status()).isEqualTo(413);
    assertThat(look(dora, "hello").toString()).contains("neither settings nor a message");
    assertThat(look(dora, "=\n==\n:_authToken=\n[install]\nregistry=\n" + "@".repeat(5_000) + "\0"))
        .isNotEmpty();
    var reading = new TokenLimits(true, Set.of(), Set.of(), List.of(), null);
    Api reader = api.with("authorization", "Bearer " + limited(reading));
    assertThat(look(reader, npmrc(url, token)).toString()).contains("The token works");
  }

  @Test
  void isNotForTryingTokensWithoutEnd() {
    for (int i = 0; i < 60; i++) {
      assertThat(dora.post("troubleshooting", body("E401")).status()).isEqualTo(200);
    }
    TestingReply refused = dora.post("troubleshooting", body("E401"));
    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.header("retry-after")).isNotNull();
    assertThat(api.token("eve", Role.DEVELOPER).post("troubleshooting", body("E401")).status())
        .isEqualTo(200);
    clock.advance(Duration.ofMinutes(11));
    assertThat(dora.post("troubleshooting", body("E401")).status()).isEqualTo(200);
  }
}
