package dev.gatehouse.access.account;

import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import java.util.Arrays;
import java.util.stream.Collectors;

/// What an account is in its workspace. Each has the rights of those after it, and more: [Right]
/// names the least role that has it.
public enum Role {
  /// Everything.
  OWNER("owner"),
  /// Everything but the owners themselves.
  ADMIN("admin"),
  /// Installs and publishes.
  DEVELOPER("developer"),
  /// Installs.
  READ_ONLY("read-only");

  private final String label;

  Role(String label) {
    this.label = label;
  }

  /// How people, the API and the database write it.
  public String label() {
    return label;
  }

  /// Whether this role has `right`.
  public boolean may(Right right) {
    return compareTo(right.least()) <= 0;
  }

  /// Whether this role may create accounts of role `other`, change them, and give them that role.
  public boolean manages(Role other) {
    return may(other == OWNER ? Right.MANAGE_OWNERS : Right.MANAGE_ACCOUNTS);
  }

  /// The role written as `label`, or a malformed problem that lists them.
  public static Role of(String label) {
    for (Role role : values()) {
      if (role.label.equals(label)) {
        return role;
      }
    }
    String labels = Arrays.stream(values()).map(Role::label).collect(Collectors.joining(", "));
    throw new ProblemException(
        new Problem.Malformed("\"%s\" is no role: use one of %s.".formatted(label, labels)));
  }

  @Override
  public String toString() {
    return label;
  }
}
