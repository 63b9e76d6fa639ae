package dev.gatehouse.policy.licence;

import dev.gatehouse.policy.text.Glob;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What is to be done with licences: the first rule that fits counts, or else `other`. `A` is
/// ordered from mild to strict.
public record LicenceRules<A extends Comparable<A>>(List<Match<A>> rules, A other) {

  /// Something to do with what fits: an id or a pattern of ids with stars, or an expression.
  ///
  /// @param ids fits single licences, by their ids in any case, with `+` and exception or without
  /// @param expression fits a whole expression, or part of one, that reads like it
  public record Match<A>(@Nullable Glob ids, @Nullable String expression, A action) {

    /// Reads a rule's licence; a problem with a sentence if it can never fit.
    public static <A> Match<A> parse(String text, A action) {
      SpdxExpression read = SpdxParser.strict(text);
      if (read instanceof SpdxExpression.Licence(String id, boolean later, var exception)
          && !later
          && exception == null) {
        return new Match<>(glob(id), null, action);
      }
      if (read != null) {
        return new Match<>(null, read.toString(), action);
      }
      if (isPattern(text)) {
        return new Match<>(glob(text), null, action);
      }
      throw new ProblemException(
          new Problem.Malformed(
              "\"%s\" is no licence: write an SPDX id such as MIT, an expression, or ids with a star such as GPL-*."
                  .formatted(text.length() > 100 ? text.substring(0, 100) : text)));
    }

    private static boolean isPattern(String text) {
      return text.length() <= 100
          && text.indexOf('*') >= 0
          && text.chars().allMatch(c -> Character.isLetterOrDigit(c) || "*.+-".indexOf(c) >= 0);
    }

    private static Glob glob(String text) {
      return Glob.of(text.toLowerCase(Locale.ROOT));
    }

    boolean fits(String lowerId, SpdxExpression part) {
      return ids != null
          ? !lowerId.isEmpty() && ids.matches(lowerId)
          : part.toString().equals(expression);
    }
  }

  /// Keeps its own copy.
  public LicenceRules {
    rules = List.copyOf(rules);
  }

  /// What is to be done with `expression`.
  public A judge(SpdxExpression expression) {
    String id =
        expression instanceof SpdxExpression.Licence licence
            ? licence.id().toLowerCase(Locale.ROOT)
            : "";
    for (Match<A> rule : rules) {
      if (rule.fits(id, expression)) {
        return rule.action();
      }
    }
    return switch (expression) {
      case SpdxExpression.Licence _ -> other;
      case SpdxExpression.And(var left, var right) -> strict(judge(left), judge(right));
      case SpdxExpression.Or(var left, var right) -> mild(judge(left), judge(right));
    };
  }

  private A strict(A one, A two) {
    return one.compareTo(two) < 0 ? two : one;
  }

  private A mild(A one, A two) {
    return one.compareTo(two) < 0 ? one : two;
  }
}
