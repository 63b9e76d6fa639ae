package dev.gatehouse.access.team;

import static dev.gatehouse.testing.Problems.assertThatProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.access.account.Account;
import dev.gatehouse.access.account.Accounts;
import dev.gatehouse.access.account.CustomRole;
import dev.gatehouse.access.account.Grants;
import dev.gatehouse.access.account.Grants.Audience;
import dev.gatehouse.access.account.Grants.Permission;
import dev.gatehouse.access.account.NewAccount;
import dev.gatehouse.access.account.Right;
import dev.gatehouse.access.account.Role;
import dev.gatehouse.access.secret.Passwords;
import dev.gatehouse.audit.Actor;
import dev.gatehouse.audit.Trail;
import dev.gatehouse.db.Dialect;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.testing.OnBothDatabases;
import dev.gatehouse.testing.TestingClock;
import dev.gatehouse.testing.TestingDatabase;
import dev.gatehouse.testing.TestingDatabases;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// Teams, roles that owners make, and rights in single registries: nobody gives what they do not
/// have.
@OnBothDatabases
class RightsTest {
  private static final Actor OPERATOR = new Actor.Operator();
  private static final Set<Right> MANAGER = Set.of(Right.MANAGE_ACCOUNTS);

  @AutoClose private final TestingDatabase databases;
  private final AtomicInteger reloads = new AtomicInteger();
  private final Accounts accounts;
  private final Rights rights;
  private final long workspace;
  private final long registry;

  RightsTest(Dialect dialect) {
    databases = TestingDatabases.fresh(dialect);
    workspace = databases.workspace("default");
    registry = databases.registry(workspace, "main");
    var trail = new Trail(new TestingClock());
    accounts = new Accounts(databases.database(), trail, new Passwords(), () -> {});
    rights = Rights.over(databases.database(), trail, reloads::incrementAndGet);
  }

  private Account account(String name, Role role) {
    return accounts.create(OPERATOR, workspace, new NewAccount(name, role, null, ""));
  }

  /// An account of a role that an owner has made.
  private Account account(String name, CustomRole role) {
    return accounts.changeRole(OPERATOR, account(name, Role.READ_ONLY), role);
  }

  private CustomRole role(String name, Set<Right> of) {
    return rights.roles().create(OPERATOR, workspace, new CustomRoles.Wanted(name, "", of));
  }

  private static Actor as(Account account) {
    return new Actor.User(account.id(), account.name(), null);
  }

  private RegistryRights.Given given(
      Map<String, Set<Permission>> people, Map<String, Set<Permission>> teams) {
    return new RegistryRights.Given(Audience.ROLES, new TreeMap<>(people), new TreeMap<>(teams));
  }

  private RegistryRights.Given set(Actor actor, boolean decides, RegistryRights.Given wanted) {
    return rights
        .registries()
        .set(
            actor,
            new RegistryRights.Here(workspace, registry, "main", decides),
            rights.registries().show(registry),
            wanted);
  }

  private boolean may(Account account, Right right) {
    Account now = accounts.require(workspace, account.name());
    Grants grants = databases.database().read(handle -> Grants.of(handle, now.id()));
    Grants amongAll =
        databases
            .database()
            .read(handle -> Grants.all(handle).getOrDefault(now.id(), Grants.nothing(handle)));
    assertThat(amongAll).isEqualTo(grants);
    return grants.allow(now.rights(), registry, right);
  }

  @Test
  void aTeamHasWhatItsMembersAreGivenTogetherUntilTheyLeaveIt() {
    Account rita = account("rita", Role.READ_ONLY);
    Team devs = rights.teams().create(OPERATOR, workspace, "devs", " Who builds. ");
    assertThat(devs.description()).isEqualTo("Who builds.");
    set(OPERATOR, true, given(Map.of(), Map.of("devs", Set.of(Permission.PUBLISH))));
    assertThat(may(rita, Right.PUBLISH)).isFalse();
    assertThat(rights.teams().add(OPERATOR, devs, rita).members()).containsExactly("rita");
    assertThat(rights.teams().add(OPERATOR, devs, rita).members()).containsExactly("rita");
    assertThat(may(rita, Right.PUBLISH)).isTrue();
    assertThat(may(rita, Right.UNPUBLISH_ANY)).isFalse();
    assertThat(rights.teams().byMember(workspace)).containsEntry("rita", List.of("devs"));
    rights.teams().remove(OPERATOR, devs, rita);
    assertThat(may(rita, Right.PUBLISH)).isFalse();
    assertThat(databases.audited())
        .contains(
            "operator team.create devs",
            "operator team.add devs/rita",
            "operator team.remove devs/rita",
            "operator registry.rights main")
        .doesNotHaveDuplicates();
    assertThat(databases.raised("server", "ACCESS")).isGreaterThanOrEqualTo(5);
    assertThat(reloads).hasValue(5);
  }

  @Test
  void aTeamThatIsGoneTakesItsRightsAlongAndALaterOneOfItsNameHasNone() {
    Account rita = account("rita", Role.READ_ONLY);
    Team devs = rights.teams().create(OPERATOR, workspace, "devs", "");
    rights.teams().add(OPERATOR, devs, rita);
    set(OPERATOR, true, given(Map.of(), Map.of("devs", Set.of(Permission.ADMINISTER))));
    Team builders = rights.teams().change(OPERATOR, devs, "builders", "");
    assertThat(may(rita, Right.MANAGE_REGISTRIES)).isTrue();
    rights.teams().delete(OPERATOR, builders);
    assertThat(may(rita, Right.MANAGE_REGISTRIES)).isFalse();
    Team again = rights.teams().create(OPERATOR, workspace, "builders", "");
    rights.teams().add(OPERATOR, again, rita);
    assertThat(may(rita, Right.PUBLISH)).isFalse();
    assertThatProblem(Problem.NotFound.class, () -> rights.teams().delete(OPERATOR, builders))
        .isEqualTo("There is no team \"builders\" in this workspace.");
  }

  @Test
  void nobodyComesIntoATeamThatMayDoMoreThanWhoBringsThem() {
    Account mona = account("mona", role("people", MANAGER));
    Team devs = rights.teams().create(as(mona), workspace, "devs", "");
    rights.teams().add(as(mona), devs, mona);
    rights.teams().remove(as(mona), devs, mona);
    set(OPERATOR, true, given(Map.of(), Map.of("devs", Set.of(Permission.PUBLISH))));
    assertThatProblem(Problem.Forbidden.class, () -> rights.teams().add(as(mona), devs, mona))
        .isEqualTo("This is about rights that you do not have yourself: ask an owner.");
    Account adam = account("adam", Role.ADMIN);
    assertThat(rights.teams().add(as(adam), devs, mona).members()).containsExactly("mona");
    Account dora = account("dora", Role.DEVELOPER);
    assertThatProblem(Problem.Forbidden.class, () -> rights.teams().add(as(dora), devs, dora))
        .isEqualTo("Only owners and admins manage accounts.");
  }

  @Test
  void whoManagesPeopleDoesNotGetHoldOfThoseWhoMayDoMore() {
    Account mona = account("mona", role("people", MANAGER));
    Account rita = account("rita", Role.READ_ONLY);
    Account dora = account("dora", Role.DEVELOPER);
    accounts.changePassword(as(mona), rita, "correct horse battery");
    assertThatProblem(
        Problem.Forbidden.class,
        () -> accounts.changePassword(as(mona), dora, "correct horse battery"));
    assertThatProblem(
        Problem.Forbidden.class, () -> accounts.changeRole(as(mona), rita, Role.DEVELOPER));
    set(OPERATOR, true, given(Map.of("rita", Set.of(Permission.PUBLISH)), Map.of()));
    assertThatProblem(
        Problem.Forbidden.class,
        () -> accounts.changePassword(as(mona), rita, "another horse battery"));
  }

  @Test
  void aRoleIsMadeByOwnersAloneAndGivenByWhoeverHasAllOfIt() {
    Account adam = account("adam", Role.ADMIN);
    var wanted = new CustomRoles.Wanted("auditor", "", Set.of(Right.DECIDE));
    assertThatProblem(
        Problem.Forbidden.class, () -> rights.roles().create(as(adam), workspace, wanted));
    CustomRole auditor = role("auditor", Set.of(Right.DECIDE));
    assertThat(auditor.rights()).containsExactly(Right.READ, Right.DECIDE);
    assertThatProblem(
        Problem.Forbidden.class, () -> rights.roles().change(as(adam), workspace, auditor, wanted));
    assertThatProblem(
        Problem.Forbidden.class, () -> rights.roles().delete(as(adam), workspace, auditor));
    Account rita = account("rita", Role.READ_ONLY);
    Account now = accounts.changeRole(as(adam), rita, auditor);
    assertThat(now.roleName()).isEqualTo("auditor");
    assertThat(now.role()).isEqualTo(Role.READ_ONLY);
    Account mona = account("mona", role("people", MANAGER));
    assertThatProblem(
        Problem.Forbidden.class,
        () -> accounts.changeRole(as(mona), account("bob", Role.READ_ONLY), auditor));
    assertThat(accounts.changeRole(as(adam), now, Role.DEVELOPER).custom()).isNull();
  }

  @Test
  void aChangedRoleHoldsForWhoeverHasItAndOneThatSomebodyHasStays() {
    CustomRole builder = role("builder", Set.of(Right.PUBLISH));
    Account rita = account("rita", builder);
    assertThat(may(rita, Right.PUBLISH)).isTrue();
    rights
        .roles()
        .change(OPERATOR, workspace, builder, new CustomRoles.Wanted("looker", "", Set.of()));
    assertThat(may(rita, Right.PUBLISH)).isFalse();
    assertThat(may(rita, Right.READ)).isTrue();
    assertThatProblem(
            Problem.Conflict.class, () -> rights.roles().delete(OPERATOR, workspace, builder))
        .contains("is that of rita");
    accounts.changeRole(OPERATOR, rita, Role.READ_ONLY);
    rights.roles().delete(OPERATOR, workspace, builder);
    assertThat(rights.roles().list(workspace)).isEmpty();
    assertThatProblem(Problem.NotFound.class, () -> accounts.changeRole(OPERATOR, rita, builder));
    var late = new NewAccount("late", Role.Given.of(builder), null, "");
    assertThatProblem(Problem.NotFound.class, () -> accounts.create(OPERATOR, workspace, late));
  }

  @Test
  void noRoleManagesOwnersOrIsCalledLikeABuiltInOne() {
    assertThatProblem(Problem.Malformed.class, () -> role("boss", Set.of(Right.MANAGE_OWNERS)));
    assertThatProblem(Problem.Conflict.class, () -> role("owner", Set.of()));
    assertThatProblem(Problem.Malformed.class, () -> role("No Name", Set.of()));
    role("boss", Set.of());
    assertThatProblem(Problem.Conflict.class, () -> role("boss", Set.of()));
  }

  @Test
  void theLastOwnerStaysOneWhateverTheyAreGiven() {
    Account olga = account("olga", Role.OWNER);
    CustomRole looker = role("looker", Set.of());
    assertThatProblem(Problem.Conflict.class, () -> accounts.changeRole(OPERATOR, olga, looker))
        .contains("last active owner");
    account("oscar", Role.OWNER);
    assertThat(accounts.changeRole(OPERATOR, olga, looker).roleName()).isEqualTo("looker");
  }

  @Test
  void nobodyGivesInARegistryWhatTheyMayNotDoThere() {
    Account mary = account("mary", role("keeper", Set.of(Right.MANAGE_REGISTRIES)));
    account("rita", Role.READ_ONLY);
    Map<String, Set<Permission>> none = Map.of();
    for (Permission one : Permission.values()) {
      var wanted = given(Map.of("mary", Set.of(one)), none);
      if (one == Permission.READ) {
        set(as(mary), false, wanted);
      } else {
        assertThatProblem(Problem.Forbidden.class, () -> set(as(mary), true, wanted));
      }
    }
    Account adam = account("adam", Role.ADMIN);
    assertThatProblem(
            Problem.Forbidden.class,
            () -> set(as(adam), false, given(Map.of("adam", Set.of(Permission.APPROVE)), none)))
        .contains("You do not decide on exceptions in main");
    set(OPERATOR, true, given(Map.of("rita", Set.of(Permission.ADMINISTER)), none));
    Account rita = accounts.require(workspace, "rita");
    Account bob = account("bob", Role.READ_ONLY);
    set(
        as(rita),
        false,
        given(
            Map.of("rita", Set.of(Permission.ADMINISTER), "bob", Set.of(Permission.PUBLISH)),
            none));
    assertThat(may(bob, Right.PUBLISH)).isTrue();
    assertThatProblem(Problem.Forbidden.class, () -> set(as(bob), true, given(none, none)));
    // Who has given it up does not give it to others any more, or back to themselves.
    set(as(rita), false, given(none, none));
    assertThatProblem(
        Problem.Forbidden.class,
        () -> set(as(rita), true, given(Map.of("rita", Set.of(Permission.READ)), none)));
  }

  @Test
  void whereRolesCountForLessThoseWhoManageRegistriesAreNeverKeptOut() {
    Account dora = account("dora", Role.DEVELOPER);
    Account adam = account("adam", Role.ADMIN);
    set(
        OPERATOR,
        true,
        new RegistryRights.Given(Audience.READING, new TreeMap<>(), new TreeMap<>()));
    assertThat(may(dora, Right.READ)).isTrue();
    assertThat(may(dora, Right.PUBLISH)).isFalse();
    assertThat(may(adam, Right.PUBLISH)).isTrue();
    set(OPERATOR, true, new RegistryRights.Given(Audience.NAMED, new TreeMap<>(), new TreeMap<>()));
    assertThat(may(dora, Right.READ)).isFalse();
    assertThat(may(adam, Right.READ)).isTrue();
  }

  @Test
  void nothingOfAnotherWorkspaceIsGivenAnything() {
    long other = databases.workspace("other");
    Account olga = accounts.create(OPERATOR, other, new NewAccount("olga", Role.OWNER, null, ""));
    rights.teams().create(OPERATOR, other, "theirs", "");
    Team devs = rights.teams().create(OPERATOR, workspace, "devs", "");
    assertThatProblem(Problem.NotFound.class, () -> rights.teams().add(OPERATOR, devs, olga));
    assertThatProblem(Problem.Forbidden.class, () -> rights.teams().delete(as(olga), devs));
    Set<Permission> read = Set.of(Permission.READ);
    assertThatProblem(
        Problem.Malformed.class, () -> set(OPERATOR, true, given(Map.of("olga", read), Map.of())));
    assertThatProblem(
        Problem.Malformed.class,
        () -> set(OPERATOR, true, given(Map.of(), Map.of("theirs", read))));
    assertThatProblem(
        Problem.Forbidden.class, () -> set(as(olga), true, given(Map.of(), Map.of())));
    CustomRole theirs =
        rights.roles().create(as(olga), other, new CustomRoles.Wanted("same", "", Set.of()));
    Account rita = account("rita", Role.READ_ONLY);
    assertThatProblem(Problem.NotFound.class, () -> accounts.changeRole(OPERATOR, rita, theirs));
  }

  @Test
  void whatSomebodyElseHasChangedMeanwhileIsNotOverwritten() {
    var before = rights.registries().show(registry);
    set(
        OPERATOR,
        true,
        new RegistryRights.Given(Audience.READING, new TreeMap<>(), new TreeMap<>()));
    assertThatProblem(
        Problem.Outdated.class,
        () ->
            rights
                .registries()
                .set(
                    OPERATOR,
                    new RegistryRights.Here(workspace, registry, "main", true),
                    before,
                    given(Map.of(), Map.of())));
  }
}
