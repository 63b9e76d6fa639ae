package dev.gatehouse.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.access.account.Account;
import dev.gatehouse.access.account.Grants;
import dev.gatehouse.access.account.Profile;
import dev.gatehouse.access.account.Right;
import dev.gatehouse.access.account.Role;
import dev.gatehouse.access.token.Token;
import dev.gatehouse.access.token.TokenLimits;
import dev.gatehouse.problem.Problem;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class IdentityTest {
  private static final Place PLACE = new Place(1, 10);
  private static final TokenLimits READ_ONLY =
      new TokenLimits(true, Set.of(), Set.of(), List.of(), null);
  private static final TokenLimits LIMITED =
      new TokenLimits(false, Set.of(10L), Set.of(), List.of(), null);

  @Test
  void readsAndWritesAsItsRoleSays() {
    assertThat(of(Role.DEVELOPER, null).readRefusal(PLACE)).isNull();
    assertThat(of(Role.DEVELOPER, null).writeRefusal(PLACE)).isNull();
    assertThat(of(Role.READ_ONLY, null).readRefusal(PLACE)).isNull();
    assertThat(of(Role.READ_ONLY, TokenLimits.NONE).writeRefusal(PLACE))
        .isEqualTo(
            new Problem.Forbidden(
                "\"ada\" is read-only in this workspace and may not publish packages: ask an"
                    + " owner."));
  }

  @Test
  void aReadOnlyTokenOnlyReads() {
    Identity identity = of(Role.OWNER, READ_ONLY);

    assertThat(identity.readRefusal(PLACE)).isNull();
    assertThat(identity.writeRefusal(PLACE)).isInstanceOf(Problem.Forbidden.class);
    assertThat(identity.workspaceRefusal(Right.MANAGE_ACCOUNTS))
        .isInstanceOf(Problem.Forbidden.class);
    assertThat(identity.selfServiceRefusal()).isInstanceOf(Problem.Forbidden.class);
    assertThat(of(Role.OWNER, LIMITED).selfServiceRefusal()).isNull();
  }

  @Test
  void aLimitedTokenWorksOnItsRegistriesAlone() {
    Identity identity = of(Role.OWNER, LIMITED);

    assertThat(identity.readRefusal(PLACE)).isNull();
    assertThat(identity.writeRefusal(PLACE)).isNull();
    assertThat(identity.readRefusal(new Place(1, 11))).isInstanceOf(Problem.Forbidden.class);
    assertThat(identity.workspaceRefusal(Right.MANAGE_REGISTRIES))
        .isInstanceOf(Problem.Forbidden.class);
  }

  @Test
  void anotherWorkspaceDoesNotExistForIt() {
    Identity identity = of(Role.OWNER, TokenLimits.NONE);

    assertThat(identity.readRefusal(new Place(2, 10))).isInstanceOf(Problem.NotFound.class);
    assertThat(identity.writeRefusal(new Place(2, 10))).isInstanceOf(Problem.NotFound.class);
  }

  @Test
  void managesWhatItsRoleManages() {
    assertThat(of(Role.ADMIN, null).workspaceRefusal(Right.MANAGE_ACCOUNTS)).isNull();
    assertThat(of(Role.ADMIN, null).workspaceRefusal(Right.MANAGE_OWNERS))
        .isInstanceOf(Problem.Forbidden.class);
    assertThat(of(Role.DEVELOPER, null).refusal(PLACE, Right.UNPUBLISH_ANY))
        .isInstanceOf(Problem.Forbidden.class);
  }

  @Test
  void namesTheTokenInTheTrail() {
    assertThat(of(Role.OWNER, null).actor().tokenId()).isNull();
    assertThat(of(Role.OWNER, LIMITED).actor().tokenId()).isEqualTo(7);
    assertThat(of(Role.OWNER, null).parentLimits()).isNull();
    assertThat(of(Role.OWNER, LIMITED).parentLimits()).isEqualTo(LIMITED);
  }

  private static Identity of(Role role, @Nullable TokenLimits limits) {
    var account =
        new Account(5, 1, "ada", role, null, "", Profile.EMPTY, true, Instant.EPOCH, Instant.EPOCH);
    @Nullable Token token =
        limits == null
            ? null
            : new Token(7, 5, "ada", "key", "gh_…", "", limits, Instant.EPOCH, null, false);
    return new Identity(account, token, Grants.NONE);
  }
}
