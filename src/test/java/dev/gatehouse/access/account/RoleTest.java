package dev.gatehouse.access.account;

import static dev.gatehouse.testing.Problems.assertThatProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.problem.Problem;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoleTest {

  @Test
  void givesEachRoleItsRights() {
    assertThat(rights(Role.READ_ONLY)).containsExactly(Right.READ);
    assertThat(rights(Role.DEVELOPER))
        .containsExactly(Right.READ, Right.PUBLISH, Right.UNPUBLISH_OWN, Right.DECIDE);
    assertThat(rights(Role.ADMIN))
        .containsExactly(
            Right.READ,
            Right.PUBLISH,
            Right.UNPUBLISH_OWN,
            Right.DECIDE,
            Right.UNPUBLISH_ANY,
            Right.MANAGE_REGISTRIES,
            Right.MANAGE_ACCOUNTS);
    assertThat(rights(Role.OWNER)).containsExactly(Right.values());
  }

  @Test
  void isWrittenAsPeopleWriteIt() {
    assertThat(Role.values())
        .extracting(Role::label)
        .containsExactly("owner", "admin", "developer", "read-only");
    for (Role role : Role.values()) {
      assertThat(Role.of(role.label())).isEqualTo(role);
    }
    assertThatProblem(Problem.Malformed.class, () -> Role.of("READ_ONLY"))
        .isEqualTo("\"READ_ONLY\" is no role: use one of owner, admin, developer, read-only.");
  }

  private static List<Right> rights(Role role) {
    return Arrays.stream(Right.values()).filter(role::may).toList();
  }
}
