package dev.gatehouse.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.access.Authentication.Granted;
import dev.gatehouse.access.Authentication.NeedsPassword;
import dev.gatehouse.access.Authentication.None;
import dev.gatehouse.access.Authentication.Refused;
import dev.gatehouse.access.account.Account;
import dev.gatehouse.access.account.Grants;
import dev.gatehouse.access.account.NewAccount;
import dev.gatehouse.access.account.Role;
import dev.gatehouse.access.token.AddressRange;
import dev.gatehouse.access.token.IssuedToken;
import dev.gatehouse.access.token.NewToken;
import dev.gatehouse.access.token.Token;
import dev.gatehouse.access.token.TokenLimits;
import dev.gatehouse.access.token.Tokens;
import dev.gatehouse.audit.Actor;
import dev.gatehouse.audit.Trail;
import dev.gatehouse.db.Changes;
import dev.gatehouse.db.Database;
import dev.gatehouse.db.Dialect;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.testing.OnBothDatabases;
import dev.gatehouse.testing.TestingClock;
import dev.gatehouse.testing.TestingDatabase;
import dev.gatehouse.testing.TestingDatabases;
import dev.gatehouse.testing.TestingVault;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

@OnBothDatabases
class AuthenticatorTest {
  /// Nothing is sealed here.
  private static final Actor OPERATOR = new Actor.Operator();

  private static final InetAddress HERE = InetAddress.ofLiteral("192.0.2.1");

  @AutoClose private final TestingDatabase databases;
  private final TestingClock clock = new TestingClock();
  private final Changes changes;
  private final Access access;
  private final long workspace;
  private final Account ada;

  AuthenticatorTest(Dialect dialect) {
    databases = TestingDatabases.fresh(dialect);
    workspace = databases.workspace("default");
    changes = new Changes(databases.database());
    access = new Access(databases.database(), changes, clock, TestingVault.fresh());
    ada =
        access
            .accounts()
            .create(OPERATOR, workspace, new NewAccount("ada", Role.OWNER, "correct horse", ""));
  }

  @AfterEach
  void close() {
    access.close();
    changes.close();
  }

  @Test
  void knowsATokenFromTheMomentItIsMade() {
    IssuedToken issued = create(TokenLimits.NONE);

    Identity identity = granted("Bearer " + issued.text());
    assertThat(identity.account()).isEqualTo(ada);
    assertThat(identity.token()).isEqualTo(issued.token());
    assertThat(identity.actor()).isEqualTo(new Actor.User(ada.id(), "ada", issued.token().id()));
  }

  @Test
  void takesATokenInEveryFormThatClientsSend() {
    String text = create(TokenLimits.NONE).text();

    for (String header :
        List.of(
            "bearer " + text,
            "BEARER  " + text + " ",
            basic("ada:" + text),
            basic("somebody:" + text),
            basic(":" + text),
            basic(text + ":"),
            basic("ada:" + text).replace("=", ""))) {
      assertThat(granted(header).account().name()).as(header).isEqualTo("ada");
    }
  }

  @Test
  void provesNothingWithoutAHeader() {
    assertThat(authenticate(null)).isEqualTo(new None());
    assertThat(authenticate("")).isEqualTo(new None());
    assertThat(authenticate(" ")).isEqualTo(new None());
  }

  @Test
  void saysWhatIsWrongWithWhatItCannotRead() {
    String text = create(TokenLimits.NONE).text();

    refused("Bearer", "cannot be read");
    refused("Bearer " + "x".repeat(3_000), "cannot be read");
    refused("Digest abc", "of another kind");
    refused("Bearer ${NPM_TOKEN}", "variable that was not replaced");
    refused("Bearer npm_abc", "start with gh_");
    refused("Bearer " + text.substring(0, 38), "damaged");
    refused("Bearer " + text + "x", "damaged");
    refused("Basic !!!", "not base64");
    refused(basic("no colon"), "no colon");
  }

  @Test
  void refusesATokenOfAnotherServer() {
    // Well-formed: the checksum was computed by another program.
    refused("Bearer gh_" + "a".repeat(30) + "1yLcDB", "revoked, or it is from another server");
  }

  @Test
  void refusesARevokedTokenOnTheNextRequest() {
    IssuedToken issued = create(TokenLimits.NONE);
    granted("Bearer " + issued.text());

    access.tokens().revoke(OPERATOR, workspace, issued.token().key());

    refused("Bearer " + issued.text(), "revoked");
  }

  @Test
  void refusesTokensOfADeactivatedAccountOnTheNextRequest() {
    String text = create(TokenLimits.NONE).text();
    access.accounts().create(OPERATOR, workspace, new NewAccount("root", Role.OWNER, null, ""));

    access.accounts().deactivate(OPERATOR, ada);
    refused("Bearer " + text, "The account \"ada\" is deactivated");

    access.accounts().activate(OPERATOR, ada);
    granted("Bearer " + text);
  }

  @Test
  void knowsANewRoleOnTheNextRequest() {
    String text = create(TokenLimits.NONE).text();
    access.accounts().create(OPERATOR, workspace, new NewAccount("root", Role.OWNER, null, ""));

    access.accounts().changeRole(OPERATOR, ada, Role.READ_ONLY);

    assertThat(granted("Bearer " + text).account().role()).isEqualTo(Role.READ_ONLY);
  }

  @Test
  void refusesAnExpiredTokenAndSaysSince() {
    var expires = clock.instant().plus(Duration.ofDays(30));
    String text = create(new TokenLimits(false, Set.of(), Set.of(), List.of(), expires)).text();

    clock.advance(Duration.ofDays(30).minusMillis(1));
    granted("Bearer " + text);
    clock.advance(Duration.ofMillis(1));
    refused("Bearer " + text, "The token expired on 2026-12-22: log in again");
  }

  @Test
  void forbidsATokenFromAnotherAddress() {
    var limits =
        new TokenLimits(false, Set.of(), Set.of(), List.of(AddressRange.of("10.0.0.0/8")), null);
    String header = "Bearer " + create(limits).text();

    assertThat(access.authenticator().authenticate(header, InetAddress.ofLiteral("10.9.9.9")))
        .isInstanceOf(Granted.class);
    assertThat(authenticate(header))
        .isEqualTo(
            new Refused(
                new Problem.Forbidden(
                    "This token may not be used from 192.0.2.1: it is limited to other"
                        + " addresses.")));
  }

  @Test
  void learnsOfChangesOfAnotherProcess() throws Exception {
    IssuedToken issued = create(TokenLimits.NONE);
    Database operator = databases.open("operator");
    var tokens = new Tokens(operator, new Trail(clock), () -> {});

    tokens.revoke(OPERATOR, workspace, issued.token().key());

    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (authenticate("Bearer " + issued.text()) instanceof Granted) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      Thread.onSpinWait();
    }
  }

  @Test
  void checksAPasswordOnceForAThousandRequests() throws Exception {
    NeedsPassword given = needsPassword(basic("ada:correct horse"));
    List<Callable<Authentication>> all =
        IntStream.range(0, 1_000)
            .<Callable<Authentication>>mapToObj(_ -> () -> check(given))
            .toList();

    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      long start = System.nanoTime();
      for (var result : threads.invokeAll(all)) {
        assertThat(result.get()).isEqualTo(new Granted(new Identity(ada, null, Grants.NONE)));
      }
      // A thousand hashes would take half a minute and more.
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(12));
    }
  }

  @Test
  void forgetsARememberedPasswordWhenItIsChanged() {
    NeedsPassword given = needsPassword(basic("ada:correct horse"));
    assertThat(check(given)).isInstanceOf(Granted.class);

    access.accounts().changePassword(OPERATOR, ada, "battery staple");

    assertThat(check(given))
        .isEqualTo(
            new Refused(new Problem.Unauthenticated("The user name or the password is wrong.")));
    assertThat(check(needsPassword(basic("ada:battery staple")))).isInstanceOf(Granted.class);
  }

  @Test
  void neverTakesOneRememberedPasswordForAnother() {
    assertThat(check(needsPassword(basic("ada:correct horse")))).isInstanceOf(Granted.class);

    assertThat(check(needsPassword(basic("ada:correct hors")))).isInstanceOf(Refused.class);
    assertThat(check(needsPassword(basic("adac:orrect horse")))).isInstanceOf(Refused.class);
    long other = databases.workspace("other");
    assertThat(access.authenticator().check(needsPassword(basic("ada:correct horse")), other, HERE))
        .isInstanceOf(Refused.class);
  }

  @Test
  void slowsGuessesByPasswordAndNeverTokens() {
    String text = create(TokenLimits.NONE).text();
    for (int i = 0; i < 10; i++) {
      check(needsPassword(basic("ada:wrong number " + i)));
    }

    assertThat(check(needsPassword(basic("ada:correct horse"))))
        .isInstanceOfSatisfying(
            Refused.class, it -> assertThat(it.problem()).isInstanceOf(Problem.Busy.class));
    granted("Bearer " + text);
  }

  @Test
  void writesWhenATokenWasLastUsedWhenItCloses() {
    IssuedToken issued = create(TokenLimits.NONE);
    clock.advance(Duration.ofMinutes(3));
    granted("Bearer " + issued.text());

    access.close();

    assertThat(access.tokens().list(ada))
        .extracting(Token::lastUsed)
        .containsExactly(clock.instant());
  }

  @Test
  void neverPrintsAPassword() {
    assertThat(needsPassword(basic("ada:correct horse"))).asString().doesNotContain("horse");
  }

  @Test
  void manyChangesAtOnceAreAllKnown() throws Exception {
    List<Callable<String>> all =
        IntStream.range(0, 16)
            .<Callable<String>>mapToObj(_ -> () -> create(TokenLimits.NONE).text())
            .toList();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var result : threads.invokeAll(all)) {
        granted("Bearer " + result.get());
      }
    }
  }

  private IssuedToken create(TokenLimits limits) {
    return access.tokens().create(OPERATOR, ada, new NewToken("", limits, null));
  }

  private Authentication authenticate(@Nullable String header) {
    return access.authenticator().authenticate(header, HERE);
  }

  private Authentication check(NeedsPassword given) {
    return access.authenticator().check(given, workspace, HERE);
  }

  private NeedsPassword needsPassword(String header) {
    return (NeedsPassword) authenticate(header);
  }

  private Identity granted(String header) {
    assertThat(authenticate(header)).as(header).isInstanceOf(Granted.class);
    return ((Granted) authenticate(header)).identity();
  }

  private void refused(String header, String sentence) {
    assertThat(authenticate(header))
        .isInstanceOfSatisfying(
            Refused.class,
            it -> {
              assertThat(it.problem()).isInstanceOf(Problem.Unauthenticated.class);
              assertThat(it.problem().sentence()).contains(sentence);
            });
  }

  private static String basic(String text) {
    return "Basic " + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
