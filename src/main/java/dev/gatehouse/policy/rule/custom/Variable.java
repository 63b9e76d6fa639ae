package dev.gatehouse.policy.rule.custom;

import dev.gatehouse.policy.fact.Fact;
import dev.gatehouse.policy.fact.FactKind;
import dev.gatehouse.policy.fact.Facts;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A fact as expressions call it.
///
/// @param kind which kind of fact it is; null for what is always known
/// @param value finds it, as the type says: text, list of texts, and so on
/// @param meaning what it is, for people
record Variable(
    String name,
    Type type,
    @Nullable FactKind kind,
    Function<Facts, ? extends Fact<?>> value,
    String meaning) {

  /// The types, as they are documented.
  enum Type {
    /// True or false.
    BOOL("bool"),
    /// A whole number.
    INT("int"),
    /// A text.
    STRING("string"),
    /// An instant, as in `timestamp("2026-01-31T00:00:00Z")`.
    TIMESTAMP("timestamp"),
    /// Texts.
    STRINGS("list(string)"),
    /// [Vocabulary#EXOTIC].
    EXOTIC("list(exotic)"),
    /// [Vocabulary#ADVISORY].
    ADVISORIES("list(advisory)");

    private final String text;

    Type(String text) {
      this.text = text;
    }

    @Override
    public String toString() {
      return text;
    }
  }
}
