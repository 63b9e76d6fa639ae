package dev.gatehouse.access.token;

import static dev.gatehouse.testing.Problems.assertThatProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.access.account.Account;
import dev.gatehouse.access.account.Accounts;
import dev.gatehouse.access.account.NewAccount;
import dev.gatehouse.access.account.Role;
import dev.gatehouse.access.secret.Passwords;
import dev.gatehouse.access.secret.Secrets;
import dev.gatehouse.audit.Actor;
import dev.gatehouse.audit.Trail;
import dev.gatehouse.db.Dialect;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.testing.OnBothDatabases;
import dev.gatehouse.testing.TestingClock;
import dev.gatehouse.testing.TestingDatabase;
import dev.gatehouse.testing.TestingDatabases;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

@OnBothDatabases
class TokensTest {
  private static final Actor OPERATOR = new Actor.Operator();

  @AutoClose private final TestingDatabase databases;
  private final TestingClock clock = new TestingClock();
  private final AtomicInteger reloads = new AtomicInteger();
  private final Accounts accounts;
  private final Tokens tokens;
  private final long workspace;
  private final Account ada;

  TokensTest(Dialect dialect) {
    databases = TestingDatabases.fresh(dialect);
    workspace = databases.workspace("default");
    var trail = new Trail(clock);
    accounts = new Accounts(databases.database(), trail, Passwords.cheap(), () -> {});
    tokens = new Tokens(databases.database(), trail, reloads::incrementAndGet);
    ada = account("ada");
  }

  @Test
  void keepsAllOfATokenButItsText() {
    var limits =
        new TokenLimits(
            true,
            Set.of(7L, 12L),
            Set.of(PackageLimit.of("@acme/*"), PackageLimit.of("left-pad")),
            List.of(AddressRange.of("10.0.0.0/8"), AddressRange.of("2001:db8::/32")),
            clock.instant().plus(Duration.ofDays(30)));

    IssuedToken issued = create("ci", limits);

    assertThat(tokens.list(ada)).containsExactly(issued.token());
    assertThat(issued.token().limits()).isEqualTo(limits);
    assertThat(issued.token().name()).isEqualTo("ci");
    assertThat(issued.token().key()).matches("[0-9A-Za-z]{20}");
    assertThat(issued.token().shown()).isEqualTo(issued.text().substring(0, 7) + "…");
    assertThat(issued.token().lastUsed()).isNull();
    assertThat(issued).asString().doesNotContain(issued.text());
    assertThat(databases.audited()).endsWith("operator token.create ada/" + issued.token().key());
    assertThat(reloads).hasValue(1);
    assertThat(storedTexts())
        .noneMatch(text -> text.contains(issued.text().substring(7)))
        .anyMatch(text -> text.contains(Secrets.sha256(issued.text())));
  }

  @Test
  void revokesByKeyAndByText() {
    IssuedToken one = create("one", TokenLimits.NONE);
    IssuedToken two = create("two", TokenLimits.NONE);
    IssuedToken three = create("three", TokenLimits.NONE);

    tokens.revoke(user(ada), ada, one.token().key());
    tokens.revoke(user(ada), ada, two.text());
    tokens.revoke(OPERATOR, workspace, three.token().key());

    assertThat(tokens.list(ada)).isEmpty();
    assertThat(databases.audited())
        .endsWith(
            "user:ada token.revoke ada/" + one.token().key(),
            "user:ada token.revoke ada/" + two.token().key(),
            "operator token.revoke ada/" + three.token().key());
    assertThat(databases.raised("server", "ACCESS")).isEqualTo(7);
    assertThat(reloads).hasValue(6);
  }

  @Test
  void doesNotFindTokensOfOthers() {
    Account grace = account("grace");
    IssuedToken issued = create("mine", TokenLimits.NONE);
    long other = databases.workspace("other");

    for (String key : List.of(issued.token().key(), issued.text(), "", "unknown")) {
      assertThatProblem(Problem.NotFound.class, () -> tokens.revoke(user(grace), grace, key))
          .startsWith("There is no such token");
      assertThatProblem(Problem.NotFound.class, () -> tokens.revoke(OPERATOR, other, key))
          .startsWith("There is no such token");
    }
    assertThat(tokens.list(ada)).hasSize(1);
    assertThat(tokens.list(grace)).isEmpty();
    assertThat(tokens.list(workspace)).hasSize(1);
    assertThat(tokens.list(other)).isEmpty();
  }

  @Test
  void nobodyMakesTokensForSomebodyElse() {
    Account grace = account("grace");

    for (Actor actor : List.of(user(grace), new Actor.Anonymous())) {
      assertThatProblem(
              Problem.Forbidden.class,
              () -> tokens.create(actor, ada, new NewToken("", TokenLimits.NONE, null)))
          .startsWith("People make tokens for themselves only");
    }
    tokens.create(user(ada), ada, new NewToken("", TokenLimits.NONE, null));
  }

  @Test
  void aTokenMakesNoWiderOne() {
    var parent = new TokenLimits(false, Set.of(1L), Set.of(), List.of(), null);

    IssuedToken issued = tokens.create(user(ada), ada, new NewToken("", TokenLimits.NONE, parent));
    assertThat(issued.token().limits().registries()).containsExactly(1L);
    var wider = new TokenLimits(false, Set.of(2L), Set.of(), List.of(), null);
    assertThatProblem(
            Problem.Forbidden.class,
            () -> tokens.create(user(ada), ada, new NewToken("", wider, parent)))
        .contains("makes no wider one");
  }

  @Test
  void refusesTokensThatAreExpiredFromTheStart() {
    assertThatProblem(Problem.Malformed.class, () -> create("", expiring(clock.instant())))
        .contains("expired from the start");
    create("", expiring(clock.instant().plusMillis(1)));
  }

  @Test
  void refusesTokensForADeactivatedAccount() {
    account("root");
    accounts.deactivate(OPERATOR, ada);

    assertThatProblem(Problem.Conflict.class, () -> create("", TokenLimits.NONE))
        .contains("deactivated");
  }

  @Test
  void keepsExpiredTokensForAMonth() {
    create("old", expiring(clock.instant().plusSeconds(1)));
    clock.advance(Duration.ofDays(30));
    create("new", TokenLimits.NONE);
    assertThat(tokens.list(ada)).extracting(Token::name).containsExactly("old", "new");

    clock.advance(Duration.ofSeconds(2));
    create("newest", TokenLimits.NONE);
    assertThat(tokens.list(ada)).extracting(Token::name).containsExactly("new", "newest");
  }

  @Test
  void boundsTheTokensOfAnAccount() {
    String column =
        "INSERT INTO token (account_id, handle, hash, shown, name, read_only,"
            + " registries, cidrs, created) VALUES (?, ?, ?, '', '', FALSE, '', '', 0)";
    databases
        .database()
        .write(handle -> {
          for (int i = 0; i < 999; i++) {
            handle.execute(column, ada.id(), "k" + i, "h" + i);
          }
          return 0;
        });
    create("the thousandth", TokenLimits.NONE);

    assertThatProblem(Problem.Conflict.class, () -> create("", TokenLimits.NONE))
        .contains("has 1000 tokens");
  }

  @Test
  void writesWhenTokensWereLastUsedTogetherAndNeverBackwards() {
    IssuedToken one = create("one", TokenLimits.NONE);
    IssuedToken two = create("two", TokenLimits.NONE);
    int rows = databases.audited().size();
    var lastUsed = new LastUsed(databases.database());

    lastUsed.note(one.token().id(), 5_000);
    lastUsed.note(one.token().id(), 5_999);
    lastUsed.note(two.token().id(), 7_000);
    lastUsed.note(-1, 7_000);
    assertThat(tokens.list(ada)).extracting(Token::lastUsed).containsOnlyNulls();
    lastUsed.flush();
    assertThat(used()).containsExactly(5_000L, 7_000L);

    var another = new LastUsed(databases.database());
    another.note(one.token().id(), 4_000);
    another.note(two.token().id(), 8_000);
    another.flush();
    another.flush();
    assertThat(used()).containsExactly(5_000L, 8_000L);
    assertThat(databases.audited()).hasSize(rows);
    assertThat(databases.raised("server", "ACCESS")).isEqualTo(3);
  }

  private List<Long> used() {
    return tokens.list(ada).stream()
        .map(token -> token.lastUsed() == null ? 0 : token.lastUsed().toEpochMilli())
        .toList();
  }

  private List<String> storedTexts() {
    return databases
        .database()
        .read(handle ->
            handle
                .createQuery("SELECT hash || handle || shown || name FROM token")
                .mapTo(String.class)
                .list());
  }

  private Account account(String name) {
    return accounts.create(OPERATOR, workspace, new NewAccount(name, Role.OWNER, null, ""));
  }

  private IssuedToken create(String name, TokenLimits limits) {
    return tokens.create(OPERATOR, ada, new NewToken(name, limits, null));
  }

  private static TokenLimits expiring(Instant when) {
    return new TokenLimits(false, Set.of(), Set.of(), List.of(), when);
  }

  private static Actor user(Account account) {
    return new Actor.User(account.id(), account.name(), null);
  }
}
