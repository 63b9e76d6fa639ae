package dev.gatehouse.policy.licence;

import org.jspecify.annotations.Nullable;

/// A licence expression such as `MIT OR (GPL-2.0-only WITH Classpath-exception-2.0 AND Zlib)`.
/// Printing one gives it in SPDX's own spelling, with parentheses where both operators meet.
public sealed interface SpdxExpression {

  /// One licence, `Apache-2.0+` if `orLater`, perhaps with an exception.
  record Licence(String id, boolean orLater, @Nullable String exception) implements SpdxExpression {
    @Override
    public String toString() {
      String text = orLater ? id + "+" : id;
      return exception == null ? text : text + " WITH " + exception;
    }
  }

  /// Both must be kept to.
  record And(SpdxExpression left, SpdxExpression right) implements SpdxExpression {
    @Override
    public String toString() {
      return inner(left) + " AND " + inner(right);
    }

    private static String inner(SpdxExpression part) {
      return part instanceof Or ? "(" + part + ")" : part.toString();
    }
  }

  /// One of them may be chosen.
  record Or(SpdxExpression left, SpdxExpression right) implements SpdxExpression {
    @Override
    public String toString() {
      return inner(left) + " OR " + inner(right);
    }

    private static String inner(SpdxExpression part) {
      return part instanceof And ? "(" + part + ")" : part.toString();
    }
  }
}
