package dev.gatehouse.web.api;

import dev.gatehouse.access.account.Right;
import dev.gatehouse.access.account.Role;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import dev.gatehouse.registries.Registry;

/// Who decides on exceptions from a registry's policies: whoever has the role that it names, or
/// more; and whom it names by a permission.
public final class Approvers {
  private Approvers() {}

  /// Refuses whoever has no say about exceptions in `registry`.
  public static void require(Visitor visitor, Registry registry) {
    visitor.require(registry, Right.DECIDE);
    if (!hasRole(visitor, registry)) {
      throw new ProblemException(
          new Problem.Forbidden(
              "Exceptions in %s are decided by the role %s: ask somebody who has it."
                  .formatted(registry.name(), least(registry.settings().approver()))));
    }
  }

  /// Whether `visitor` decides on exceptions in `registry`.
  public static boolean mayDecide(Visitor visitor, Registry registry) {
    return visitor.may(registry, Right.DECIDE) && hasRole(visitor, registry);
  }

  private static boolean hasRole(Visitor visitor, Registry registry) {
    return visitor.isGiven(registry, Right.DECIDE)
        || visitor.account().may(right(registry.settings().approver()));
  }

  /// What tells those of that role, and more, from those of less.
  private static Right right(Registry.Approver approver) {
    return switch (approver) {
      case OWNER -> Right.MANAGE_OWNERS;
      case ADMIN -> Right.MANAGE_REGISTRIES;
      case DEVELOPER -> Right.DECIDE;
    };
  }

  private static Role least(Registry.Approver approver) {
    return switch (approver) {
      case OWNER -> Role.OWNER;
      case ADMIN -> Role.ADMIN;
      case DEVELOPER -> Role.DEVELOPER;
    };
  }
}
