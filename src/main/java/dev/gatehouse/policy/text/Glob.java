package dev.gatehouse.policy.text;

import java.util.List;

/// A text in which each `*` stands for any characters, or none.
public record Glob(List<String> parts) {
  /// Keeps its own copy.
  public Glob {
    parts = List.copyOf(parts);
  }

  /// The pattern that `text` is.
  public static Glob of(String text) {
    return new Glob(List.of(text.split("\\*", -1)));
  }

  /// Whether `text` matches. A star takes as little as it can and never gives back, so that no
  /// pattern makes this slow.
  public boolean matches(String text) {
    if (parts.size() == 1) {
      return text.equals(parts.getFirst());
    }
    int at = parts.getFirst().length();
    int end = text.length() - parts.getLast().length();
    if (!text.startsWith(parts.getFirst()) || !text.endsWith(parts.getLast())) {
      return false;
    }
    for (String part : parts.subList(1, parts.size() - 1)) {
      int found = text.indexOf(part, at);
      if (found < 0) {
        return false;
      }
      at = found + part.length();
    }
    return at <= end;
  }
}
