package dev.gatehouse.access;

import dev.gatehouse.problem.Problem;

/// What an `Authorization` header proves.
public sealed interface Authentication {

  /// There is none: only what is open to everybody may be answered.
  record None() implements Authentication {}

  /// It is this account.
  record Granted(Identity identity) implements Authentication {}

  /// It proves nothing, and why.
  record Refused(Problem problem) implements Authentication {}

  /// A password must be checked, which takes too long for an event loop: see [Authenticator#check].
  record NeedsPassword(String name, String password) implements Authentication {
    @Override
    public String toString() {
      return "NeedsPassword[name=" + name + ", password=***]";
    }
  }
}
