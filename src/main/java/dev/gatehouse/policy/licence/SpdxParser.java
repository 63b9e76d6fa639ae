package dev.gatehouse.policy.licence;

import dev.gatehouse.policy.licence.SpdxExpression.And;
import dev.gatehouse.policy.licence.SpdxExpression.Licence;
import dev.gatehouse.policy.licence.SpdxExpression.Or;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads licence expressions. Strict is SPDX's own grammar. Lenient takes operators and ids in any
/// case and the common names of licences ([CommonNames]); it never leaves out what it cannot read,
/// it reads nothing then.
final class SpdxParser {
  private static final int LONGEST = 1_000;
  private static final int DEEPEST = 40;
  private static final Pattern REFERENCE =
      Pattern.compile("(DocumentRef-[A-Za-z0-9.-]+:)?LicenseRef-[A-Za-z0-9.-]+");
  private static final Set<String> OPERATORS = Set.of("OR", "AND", "WITH");

  private final List<String> tokens;
  private final boolean strict;
  private int at;
  private int depth;

  private SpdxParser(List<String> tokens, boolean strict) {
    this.tokens = tokens;
    this.strict = strict;
  }

  /// The expression, or null if `text` is none.
  static @Nullable SpdxExpression strict(String text) {
    return parse(text, true);
  }

  /// The expression that `text` names beyond doubt, or null.
  static @Nullable SpdxExpression lenient(String text) {
    return parse(text, false);
  }

  private static @Nullable SpdxExpression parse(String text, boolean strict) {
    if (text.length() > LONGEST) {
      return null;
    }
    var parser = new SpdxParser(tokens(text, strict), strict);
    SpdxExpression read = parser.or();
    return parser.at == parser.tokens.size() ? read : null;
  }

  /// Parentheses, operators, and what stands between them.
  private static List<String> tokens(String text, boolean strict) {
    List<String> tokens = new ArrayList<>();
    boolean joins = false;
    for (String word : text.replace("(", " ( ").replace(")", " ) ").strip().split("\\s+", -1)) {
      String upper = word.toUpperCase(Locale.ROOT);
      boolean operator = OPERATORS.contains(upper) && (!strict || isOneCase(word));
      boolean operand = !operator && !word.equals("(") && !word.equals(")");
      if (operand && joins) {
        tokens.addLast(tokens.removeLast() + " " + word);
      } else {
        tokens.add(operand ? word : upper);
      }
      joins = operand;
    }
    return tokens;
  }

  /// SPDX 3 takes operators in capitals and in small letters, not in both.
  private static boolean isOneCase(String word) {
    return word.equals(word.toUpperCase(Locale.ROOT)) || word.equals(word.toLowerCase(Locale.ROOT));
  }

  private @Nullable SpdxExpression or() {
    SpdxExpression left = and();
    while (left != null && skip("OR")) {
      SpdxExpression right = and();
      left = right == null ? null : new Or(left, right);
    }
    return left;
  }

  private @Nullable SpdxExpression and() {
    SpdxExpression left = operand();
    while (left != null && skip("AND")) {
      SpdxExpression right = operand();
      left = right == null ? null : new And(left, right);
    }
    return left;
  }

  private @Nullable SpdxExpression operand() {
    if (skip("(")) {
      if (++depth > DEEPEST) {
        return null;
      }
      SpdxExpression inner = or();
      depth--;
      return skip(")") ? inner : null;
    }
    if (at == tokens.size()) {
      return null;
    }
    Licence licence = licence(tokens.get(at++));
    if (licence == null || !skip("WITH")) {
      return licence;
    }
    String exception = at == tokens.size() ? null : exception(tokens.get(at++));
    return exception == null ? null : new Licence(licence.id(), licence.orLater(), exception);
  }

  private @Nullable Licence licence(String text) {
    if (REFERENCE.matcher(text).matches()) {
      return new Licence(text, false, null);
    }
    String common = strict ? null : CommonNames.id(text);
    String id = common == null ? id(text) : common;
    if (id != null) {
      return new Licence(id, false, null);
    }
    String before = text.endsWith("+") ? id(text.substring(0, text.length() - 1)) : null;
    return before == null ? null : new Licence(before, true, null);
  }

  private @Nullable String id(String text) {
    String id = SpdxIds.get().licence(text);
    return id == null || (strict && !id.equals(text)) ? null : id;
  }

  private @Nullable String exception(String text) {
    String id = SpdxIds.get().exception(text);
    return id == null || (strict && !id.equals(text)) ? null : id;
  }

  private boolean skip(String token) {
    if (at < tokens.size() && tokens.get(at).equals(token)) {
      at++;
      return true;
    }
    return false;
  }
}
