package dev.gatehouse.access.account;

import org.jspecify.annotations.Nullable;

/// An account to be made. Without a password it works by tokens only.
public record NewAccount(String name, Role.Given role, @Nullable String password, String email) {
  /// One with a built-in role.
  public NewAccount(String name, Role role, @Nullable String password, String email) {
    this(name, Role.Given.of(role), password, email);
  }

  @Override
  public String toString() {
    return "NewAccount[name="
        + name
        + ", role="
        + role.label()
        + ", password=***, email="
        + email
        + "]";
  }
}
