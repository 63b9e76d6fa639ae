package dev.gatehouse.policy.rule.custom;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelSourceLocation;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelCall;
import dev.cel.common.ast.CelExpr.CelComprehension;
import dev.cel.common.types.SimpleType;
import dev.gatehouse.policy.fact.FactKind;
import dev.gatehouse.problem.ProblemException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;

/// What of CEL may be said here: comparing, searching, counting. Nothing that builds a value out of
/// others, since such values double with each step, and no regular expression that is not written
/// out, so that each is known when it is saved.
final class Grammar {
  private static final Set<String> FUNCTIONS =
      Set.of(
          "_&&_",
          "_||_",
          "!_",
          "_?_:_",
          "@not_strictly_false",
          "_==_",
          "_!=_",
          "_<_",
          "_<=_",
          "_>_",
          "_>=_",
          "@in",
          "_[_]",
          "size",
          "startsWith",
          "endsWith",
          "contains",
          "matches",
          "timestamp");
  private static final int LONGEST_PATTERN = 200;
  private static final int MOST_REPEATS = 100;
  private static final java.util.regex.Pattern NUMBER =
      java.util.regex.Pattern.compile("[0-9]{1,9}");

  private final String text;
  private final CelAbstractSyntaxTree tree;
  private final Set<FactKind> needs = EnumSet.noneOf(FactKind.class);

  Grammar(String text, CelAbstractSyntaxTree tree) {
    this.text = text;
    this.tree = tree;
  }

  /// Gives the kinds of facts that it asks for; a problem with a sentence if it may not be said.
  Set<FactKind> check() {
    visit(tree.getExpr());
    return needs;
  }

  private void visit(CelExpr one) {
    switch (one.exprKind().getKind()) {
      case CONSTANT, NOT_SET -> {}
      case IDENT -> ident(one.ident().name());
      case SELECT -> visit(one.select().operand());
      case CALL -> call(one, one.call());
      case LIST -> list(one, one.list().elements());
      case COMPREHENSION -> comprehension(one.comprehension());
      case MAP, STRUCT -> throw refused(one, "maps and messages cannot be made here");
    }
  }

  private void ident(String name) {
    Variable variable = Vocabulary.find(name);
    if (variable != null && variable.kind() != null) {
      needs.add(variable.kind());
    }
  }

  private void call(CelExpr one, CelCall call) {
    boolean adds = call.function().equals("_+_") && isInt(one);
    if (!adds && !FUNCTIONS.contains(call.function())) {
      throw refused(one, "\"%s\" cannot be used here".formatted(call.function().replace("_", "")));
    }
    if (call.function().equals("matches")) {
      pattern(one, call.args().getLast());
    }
    call.target().ifPresent(this::visit);
    call.args().forEach(this::visit);
  }

  private boolean isInt(CelExpr one) {
    return tree.getType(one.id()).filter(SimpleType.INT::equals).isPresent();
  }

  private void list(CelExpr one, List<CelExpr> elements) {
    if (!elements.stream()
        .allMatch(element -> element.exprKind().getKind() == CelExpr.ExprKind.Kind.CONSTANT)) {
      throw refused(one, "a list can hold only what is written out");
    }
  }

  private void comprehension(CelComprehension loop) {
    visit(loop.iterRange());
    visit(loop.accuInit());
    visit(loop.loopCondition());
    visit(loop.loopStep());
    visit(loop.result());
  }

  private void pattern(CelExpr call, CelExpr argument) {
    if (argument.exprKind().getKind() != CelExpr.ExprKind.Kind.CONSTANT
        || argument.constant().getKind() != CelConstant.Kind.STRING_VALUE) {
      throw refused(call, "a regular expression must be written out");
    }
    String pattern = argument.constant().stringValue();
    if (pattern.length() > LONGEST_PATTERN || repeats(pattern) > MOST_REPEATS) {
      throw refused(
          argument,
          "the regular expression is too large: up to %d characters, and numbers in it up to %d"
              .formatted(LONGEST_PATTERN, MOST_REPEATS));
    }
    try {
      Pattern.compile(pattern);
    } catch (PatternSyntaxException broken) {
      throw refused(argument, "this is no regular expression (RE2): " + broken.getDescription());
    }
  }

  /// Nested repetitions multiply.
  private static long repeats(String pattern) {
    long product = 1;
    for (MatchResult number : NUMBER.matcher(pattern).results().toList()) {
      product *= Math.max(1, Long.parseLong(number.group()));
      if (product > MOST_REPEATS) {
        return product;
      }
    }
    return product;
  }

  private ProblemException refused(CelExpr where, String what) {
    Integer offset = tree.getSource().getPositionsMap().get(where.id());
    CelSourceLocation location =
        offset == null
            ? CelSourceLocation.NONE
            : tree.getSource().getOffsetLocation(offset).orElse(CelSourceLocation.NONE);
    return refused(text, location.getLine(), location.getColumn() + 1, what);
  }

  static ProblemException refused(String text, int line, int column, String what) {
    String shown = text.length() > 100 ? text.substring(0, 100) + "…" : text;
    String where = line < 1 ? "" : " at line %d, column %d".formatted(line, column);
    return Custom.malformed(
        "The expression \"%s\" cannot be used%s: %s.".formatted(shown, where, bare(what)));
  }

  /// One line, without what only the library understands.
  static String bare(String message) {
    String line = message.replaceAll("\\s+", " ").replace(" (in container '')", "").strip();
    String said = line.endsWith(".") ? line.substring(0, line.length() - 1) : line;
    return said.length() > 300 ? said.substring(0, 300) + "…" : said;
  }
}
