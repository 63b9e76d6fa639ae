package dev.gatehouse.npm;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.problem.Problem.Malformed;
import dev.gatehouse.problem.Problem.TooLarge;
import dev.gatehouse.problem.ProblemException;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads a stranger's JSON into trees whose *weight* is bounded. The weight is about what a tree
/// occupies in memory: a two-byte `[]` weighs 64, so four megabytes of `[[],[],…` cannot become
/// hundreds of megabytes of nodes.
///
/// Names are neither canonicalised nor interned: a document of many million distinct names would
/// fill the parser's symbol table although every one of them is skipped.
public final class BoundedJson {
  /// Nesting beyond which a document is refused. Real package.json files stay below 20.
  public static final int DEEPEST = 100;

  private static final int VALUE_WEIGHT = 64;
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final JsonParser parser;
  private final Limit limit;
  private long weight;

  /// What is being read, as sentences call it, the weight at which it is refused, and the names
  /// that may not be repeated: at the top level only, or everywhere if null. Elsewhere the last one
  /// wins, as it does for `JSON.parse`.
  public record Limit(String what, long weight, @Nullable Set<String> unique) {}

  /// Reads from `parser`; everything this object reads shares one `limit`.
  public BoundedJson(JsonParser parser, Limit limit) {
    this.parser = parser;
    this.limit = limit;
  }

  /// A factory whose parsers refuse strings longer than `maxString` characters, and bodies longer
  /// than `maxDocument` bytes.
  public static JsonFactory factory(int maxString, long maxDocument) {
    return new Utf8JsonFactory(
        new JsonFactoryBuilder()
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .maxStringLength(maxString)
                    .maxNameLength(10_000)
                    .maxNumberLength(400)
                    .maxDocumentLength(maxDocument)
                    .build()));
  }

  /// The sentence for `cause`, which a parser threw while reading `what`.
  public static ProblemException problem(String what, JacksonException cause) {
    if (cause instanceof StreamConstraintsException) {
      return new ProblemException(
          new TooLarge(what + " exceeds a limit: " + cause.getOriginalMessage() + "."));
    }
    var at = cause.getLocation();
    var where = at == null ? "" : " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")";
    return malformed(
        what + " is not valid JSON" + where + ": it is broken or was cut short on its way.");
  }

  /// The value at the parser's current token, as a tree.
  public JsonNode tree() throws IOException {
    return tree(1);
  }

  /// The text at the parser's current token, null for `null`; anything else is refused as not being
  /// `member`.
  public @Nullable String text(String member) throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_NULL) {
      return null;
    }
    if (parser.currentToken() != JsonToken.VALUE_STRING) {
      throw malformed(limit.what() + " is wrong: " + Quoted.quote(member) + " must be a string.");
    }
    return counted(parser.getText());
  }

  /// Counts `text`, kept by the caller, towards the limit.
  public String counted(String text) {
    weight += VALUE_WEIGHT + text.length();
    if (weight > limit.weight()) {
      throw new ProblemException(
          new TooLarge(
              limit.what()
                  + " is too large: the files themselves apart, it needs more than the limit of "
                  + limit.weight()
                  + " bytes of memory. Shorten its readme or its lists."));
    }
    return text;
  }

  private JsonNode tree(int depth) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(depth);
      case START_ARRAY -> array(depth);
      case VALUE_STRING -> NODES.textNode(counted(parser.getText()));
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(counted(parser.getText()));
      case VALUE_TRUE -> NODES.booleanNode(true);
      case VALUE_FALSE -> NODES.booleanNode(false);
      case VALUE_NULL -> NODES.nullNode();
      case NOT_AVAILABLE, END_OBJECT, END_ARRAY, FIELD_NAME, VALUE_EMBEDDED_OBJECT ->
          throw new IllegalStateException("not at a value");
    };
  }

  private ObjectNode object(int depth) throws IOException {
    var object = NODES.objectNode();
    counted("");
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      var name = counted(parser.currentName());
      if (object.has(name) && mayNotRepeat(name, depth)) {
        throw repeated(limit.what(), name);
      }
      parser.nextToken();
      object.set(name, tree(depth + 1));
    }
    return object;
  }

  private JsonNode array(int depth) throws IOException {
    var array = NODES.arrayNode();
    counted("");
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      counted("");
      array.add(tree(depth + 1));
    }
    return array;
  }

  /// Fractions become doubles, as in every client: a `BigDecimal` of 1e999999999 is a trap for
  /// whoever asks it for an integer.
  private JsonNode number(String text) throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT) {
      return parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
          ? NODES.numberNode(parser.getBigIntegerValue())
          : NODES.numberNode(parser.getLongValue());
    }
    var value = parser.getDoubleValue();
    if (Double.isInfinite(value)) {
      throw malformed(
          limit.what() + " is wrong: the number " + Quoted.quote(text) + " is too big.");
    }
    return NODES.numberNode(value);
  }

  private boolean mayNotRepeat(String name, int depth) {
    var unique = limit.unique();
    return unique == null || (depth == 1 && unique.contains(name));
  }

  /// The problem of a name that stands twice in one object of `what`.
  public static ProblemException repeated(String what, String name) {
    return malformed(what + " is ambiguous: " + Quoted.quote(name) + " stands in it twice.");
  }

  private static ProblemException malformed(String sentence) {
    return new ProblemException(new Malformed(sentence));
  }
}
