package dev.gatehouse.access.account;

import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

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

  /// A role that somebody is to have.
  ///
  /// @param role the built-in one; read-only beside a custom one
  /// @param custom one that an owner has made, as it was when it was looked up; null: the built-in
  ///   one counts
  public record Given(Role role, @Nullable CustomRole custom) {
    /// A built-in role.
    public static Given of(Role role) {
      return new Given(role, null);
    }

    /// One that an owner has made.
    public static Given of(CustomRole custom) {
      return new Given(READ_ONLY, custom);
    }

    /// How people and the API write it.
    public String label() {
      return custom == null ? role.label() : custom.name();
    }

    /// What whoever has it may do in the whole workspace.
    public Set<Right> rights() {
      return custom == null ? role.rights() : custom.rights();
    }

    /// Whether it is the same role, whatever that allowed when it was looked up.
    public boolean isSame(Given other) {
      return role == other.role && Objects.equals(customId(), other.customId());
    }

    /// The id of the custom role, or null.
    public @Nullable Long customId() {
      return custom == null ? null : custom.id();
    }
  }

  /// How people, the API and the database write it.
  public String label() {
    return label;
  }

  /// Whether this role has `right`.
  public boolean may(Right right) {
    return compareTo(right.least()) <= 0;
  }

  /// All that this role may do, in the order of [Right].
  public Set<Right> rights() {
    return Held.BY_ROLE.getOrDefault(this, Set.of());
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

  /// Once both enums are there.
  private static final class Held {
    static final Map<Role, Set<Right>> BY_ROLE = new EnumMap<>(Role.class);

    static {
      for (Role role : Role.values()) {
        EnumSet<Right> rights = EnumSet.noneOf(Right.class);
        Arrays.stream(Right.values()).filter(role::may).forEach(rights::add);
        BY_ROLE.put(role, Collections.unmodifiableSet(rights));
      }
    }
  }
}
