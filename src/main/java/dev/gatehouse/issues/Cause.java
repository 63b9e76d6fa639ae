package dev.gatehouse.issues;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/// Why there is an issue.
///
/// @param key the advisory's id, or what a policy objects to
/// @param others what else the same cause is called: an issue may be known by that already
public record Cause(Type type, String key, Set<String> others) {
  /// Keeps its own copy.
  public Cause {
    others = Set.copyOf(others);
  }

  /// Who says so.
  public enum Type {
    /// An advisory: it was made to do harm.
    MALWARE,
    /// An advisory: it can be made to do harm.
    VULNERABILITY,
    /// A policy of a registry.
    POLICY;

    /// As it is shown and stored.
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Type of(String word) {
      return valueOf(word.toUpperCase(Locale.ROOT));
    }
  }

  /// Whether an issue that is known by `known` is about the same.
  boolean isKnownBy(Type other, String known) {
    Set<String> all = new HashSet<>(others);
    all.add(key);
    return type == other && all.contains(known);
  }
}
