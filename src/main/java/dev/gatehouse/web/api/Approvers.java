package dev.gatehouse.web.api;

import dev.gatehouse.access.account.Right;
import dev.gatehouse.access.account.Role;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import dev.gatehouse.registries.Registry;
import org.jspecify.annotations.Nullable;

/// Who decides on exceptions from a registry's policies: whoever has the role that it names, or
/// more.
public final class Approvers {
  private Approvers() {}

  /// Refuses whoever has no say about exceptions in `registry`.
  public static void require(Visitor visitor, Registry registry) {
    Problem refusal = refusal(visitor, registry);
    if (refusal != null) {
      throw new ProblemException(refusal);
    }
  }

  /// Why `visitor` may not decide in `registry`; null if they may.
  public static @Nullable Problem refusal(Visitor visitor, Registry registry) {
    if (!visitor.may(registry, Right.DECIDE)) {
      return new Problem.Forbidden(
          "Neither read-only people nor read-only tokens decide on exceptions.");
    }
    Role least = least(registry.settings().approver());
    return visitor.account().role().compareTo(least) <= 0
        ? null
        : new Problem.Forbidden(
            "Exceptions in %s are decided by the role %s: ask somebody who has it."
                .formatted(registry.name(), least));
  }

  private static Role least(Registry.Approver approver) {
    return switch (approver) {
      case OWNER -> Role.OWNER;
      case ADMIN -> Role.ADMIN;
      case DEVELOPER -> Role.DEVELOPER;
    };
  }
}
