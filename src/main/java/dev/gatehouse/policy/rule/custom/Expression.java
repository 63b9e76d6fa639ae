package dev.gatehouse.policy.rule.custom;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.gatehouse.policy.fact.Fact;
import dev.gatehouse.policy.fact.FactKind;
import dev.gatehouse.policy.fact.Facts;
import dev.gatehouse.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// An expression, checked and ready to be asked, by any number of threads.
final class Expression {
  private static final int MOST_HELD = 500;

  /// Reading takes milliseconds, and all rules are read anew when anything about policies changes.
  private static final Cache<String, Expression> HELD =
      Caffeine.newBuilder().maximumSize(MOST_HELD).build();

  private final String id;
  private final CelRuntime.Program program;
  private final Set<FactKind> needs;

  private Expression(String text, CelRuntime.Program program, Set<FactKind> needs) {
    this.id = digest(text);
    this.program = program;
    this.needs = needs;
  }

  /// The expression that `text` is; a problem with a sentence if it is none.
  static Expression read(String text) {
    return HELD.get(text, Expression::compile);
  }

  private static Expression compile(String text) {
    CelValidationResult checked = Language.COMPILER.compile(text);
    if (checked.hasError()) {
      throw refused(text, checked.getErrors().getFirst());
    }
    try {
      CelAbstractSyntaxTree tree = checked.getAst();
      Set<FactKind> needs = new Grammar(text, tree).check();
      return new Expression(text, Language.RUNTIME.createProgram(tree), needs);
    } catch (CelValidationException | CelEvaluationException broken) {
      throw Custom.malformed("The expression cannot be used: " + broken.getMessage());
    }
  }

  private static ProblemException refused(String text, CelIssue issue) {
    return Grammar.refused(
        text,
        issue.getSourceLocation().getLine(),
        issue.getSourceLocation().getColumn() + 1,
        issue.getMessage());
  }

  /// The kinds of facts that it asks for.
  Set<FactKind> needs() {
    return needs;
  }

  /// A short name that another text has not.
  String id() {
    return id;
  }

  /// What it says of the version that `facts` are of.
  Answer about(Facts facts) {
    var look = new Look(facts);
    try {
      Object answer = program.eval(look::find);
      return answer instanceof Boolean fits
          ? fits ? new Answer.Fits() : new Answer.DoesNot()
          : look.without("it is neither true nor false");
    } catch (CelEvaluationException | RuntimeException failure) {
      return look.without(Grammar.bare(String.valueOf(failure.getMessage())));
    }
  }

  /// Finds facts, and notes what stood in the way. What is not there is unknown to the expression,
  /// which may do without: `true || x` is true.
  private static final class Look {
    private final Facts facts;
    private final Set<FactKind> pending = EnumSet.noneOf(FactKind.class);
    private @Nullable String missing;
    private @Nullable String oversized;

    Look(Facts facts) {
      this.facts = facts;
    }

    Optional<Object> find(String name) {
      Variable variable = Vocabulary.find(name);
      return variable == null ? Optional.empty() : value(variable, variable.value().apply(facts));
    }

    private Optional<Object> value(Variable variable, Fact<?> fact) {
      switch (fact) {
        case Fact.Known<?>(Object value) -> {
          if (Language.fits(value)) {
            return Optional.of(value);
          }
          oversized = variable.name();
        }
        case Fact.Missing<?> _ -> missing = variable.name();
        case Fact.Pending<?> _ -> {
          if (variable.kind() != null) {
            pending.add(variable.kind());
          }
        }
      }
      return Optional.empty();
    }

    Answer without(String why) {
      if (!pending.isEmpty()) {
        return new Answer.Open(pending);
      }
      if (oversized != null) {
        return new Answer.Failed("\"%s\" is too long".formatted(oversized));
      }
      if (missing != null) {
        return new Answer.Unknown(missing);
      }
      return new Answer.Failed(why);
    }
  }

  private static String digest(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 6);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("Every Java has SHA-256.", impossible);
    }
  }
}
