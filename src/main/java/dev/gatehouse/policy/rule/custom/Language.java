package dev.gatehouse.policy.rule.custom;

import com.google.common.collect.ImmutableCollection;
import com.google.common.collect.ImmutableMap;
import dev.cel.common.CelOptions;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import dev.cel.common.types.StructTypeReference;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// CEL as it is spoken here: the facts by name, and bounds. No macro of it builds lists, and
/// [Grammar] lets through no function that makes values larger, so that nothing an expression
/// touches is larger than the facts and its own text. The bounds count steps and not time: the same
/// facts always get the same answer.
final class Language {
  /// Characters of an expression.
  static final int LONGEST = 2_000;

  private static final int DEEPEST = 24;
  private static final int MOST_ITERATIONS = 2_000;
  private static final int LARGEST_REGEX = 400;

  /// Texts that strangers write are bounded before they are searched.
  private static final int LONGEST_TEXT = 1_000;

  private static final int LONGEST_LIST = 2_000;

  private static final CelOptions OPTIONS =
      CelOptions.current()
          .maxExpressionCodePointSize(LONGEST)
          .maxParseRecursionDepth(DEEPEST)
          .maxParseErrorRecoveryLimit(4)
          .comprehensionMaxIterations(MOST_ITERATIONS)
          .maxRegexProgramSize(LARGEST_REGEX)
          .build();

  private static final StructType ADVISORY = struct("advisory", Vocabulary.ADVISORY);
  private static final StructType EXOTIC = struct("exotic", Vocabulary.EXOTIC);

  static final CelCompiler COMPILER = compiler();
  static final CelRuntime RUNTIME =
      CelRuntimeFactory.legacyCelRuntimeBuilder().setOptions(OPTIONS).build();

  private Language() {}

  private static CelCompiler compiler() {
    CelCompilerBuilder builder =
        CelCompilerFactory.standardCelCompilerBuilder()
            .setOptions(OPTIONS)
            .setStandardMacros(
                CelStandardMacro.HAS,
                CelStandardMacro.ALL,
                CelStandardMacro.EXISTS,
                CelStandardMacro.EXISTS_ONE)
            .setTypeProvider(new Types())
            .setResultType(SimpleType.BOOL);
    Vocabulary.ALL.forEach(one -> builder.addVar(one.name(), type(one.type())));
    return builder.build();
  }

  private static CelType type(Variable.Type type) {
    return switch (type) {
      case BOOL -> SimpleType.BOOL;
      case INT -> SimpleType.INT;
      case STRING -> SimpleType.STRING;
      case TIMESTAMP -> SimpleType.TIMESTAMP;
      case STRINGS -> ListType.create(SimpleType.STRING);
      case ADVISORIES -> ListType.create(StructTypeReference.create(ADVISORY.name()));
      case EXOTIC -> ListType.create(StructTypeReference.create(EXOTIC.name()));
    };
  }

  private static StructType struct(String name, Map<String, String> fields) {
    var types = ImmutableMap.<String, CelType>builder();
    fields.forEach((field, type) -> types.put(field, fieldType(type)));
    ImmutableMap<String, CelType> byName = types.buildOrThrow();
    return StructType.create(
        name, byName.keySet(), field -> Optional.ofNullable(byName.get(field)));
  }

  private static CelType fieldType(String text) {
    return switch (text) {
      case "string" -> SimpleType.STRING;
      case "double" -> SimpleType.DOUBLE;
      case "list(string)" -> ListType.create(SimpleType.STRING);
      default -> throw new IllegalArgumentException(text);
    };
  }

  /// The structures that facts consist of.
  private static final class Types implements CelTypeProvider {
    private static final ImmutableMap<String, CelType> ALL =
        ImmutableMap.of(ADVISORY.name(), ADVISORY, EXOTIC.name(), EXOTIC);

    @Override
    public ImmutableCollection<CelType> types() {
      return ALL.values();
    }

    @Override
    public Optional<CelType> findType(String name) {
      return Optional.ofNullable(ALL.get(name));
    }
  }

  /// Whether a fact is small enough to be asked about.
  static boolean fits(Object value) {
    return switch (value) {
      case String text -> text.length() <= LONGEST_TEXT;
      case List<?> list -> list.size() <= LONGEST_LIST && list.stream().allMatch(Language::fits);
      case Map<?, ?> fields -> fields.values().stream().allMatch(Language::fits);
      default -> true;
    };
  }
}
