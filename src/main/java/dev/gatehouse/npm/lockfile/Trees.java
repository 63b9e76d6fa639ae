package dev.gatehouse.npm.lockfile;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import dev.gatehouse.npm.BoundedJson;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.YAMLException;

/// Reads strangers' JSON and YAML into trees of bounded weight.
///
/// Of YAML only what lockfiles use is taken: mappings, lists and texts. Every plain value is text,
/// so that no version or digest becomes a number, and aliases are refused, so that nothing can
/// multiply.
final class Trees {
  private static final long HEAVIEST = 96L << 20;
  private static final int VALUE_WEIGHT = 64;
  private static final int DEEPEST = 50;
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final String what;
  private final YAMLParser parser;
  private long weight;

  private Trees(String what, YAMLParser parser) {
    this.what = what;
    this.parser = parser;
  }

  /// Reads JSON; comments and commas before a closing bracket are forgiven, as bun writes them.
  static JsonNode json(String what, String text) {
    var factory =
        BoundedJson.factory(Lockfile.MAX_BYTES, Long.MAX_VALUE)
            .rebuild()
            .configure(JsonReadFeature.ALLOW_TRAILING_COMMA, true)
            .configure(JsonReadFeature.ALLOW_JAVA_COMMENTS, true)
            .build();
    try (var parser = factory.createParser(text)) {
      parser.nextToken();
      return new BoundedJson(parser, new BoundedJson.Limit(what, HEAVIEST, Set.of())).tree();
    } catch (JacksonException broken) {
      throw BoundedJson.problem(what, broken);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /// Reads the documents of a YAML file, each a mapping.
  static List<JsonNode> yaml(String what, String text) {
    List<JsonNode> documents = new ArrayList<>();
    try (YAMLParser parser = factory().createParser(text)) {
      var trees = new Trees(what, parser);
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token != JsonToken.START_OBJECT) {
          throw malformed(what + " is no lockfile: it is not a mapping of names to values.");
        }
        documents.add(trees.mapping(1));
      }
    } catch (JacksonException | YAMLException broken) {
      throw malformed(what + " is not valid YAML: it is broken or was cut short.");
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    if (documents.isEmpty()) {
      throw malformed(what + " is empty.");
    }
    return documents;
  }

  private static YAMLFactory factory() {
    var options = new LoaderOptions();
    options.setCodePointLimit(Lockfile.MAX_BYTES);
    options.setNestingDepthLimit(DEEPEST);
    return YAMLFactory.builder()
        .loaderOptions(options)
        .streamReadConstraints(
            StreamReadConstraints.builder()
                .maxNestingDepth(DEEPEST)
                .maxStringLength(Lockfile.MAX_BYTES)
                .build())
        .build();
  }

  private ObjectNode mapping(int depth) throws IOException {
    var object = NODES.objectNode();
    count("");
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = count(parser.currentName());
      parser.nextToken();
      object.set(name, value(depth + 1));
    }
    return object;
  }

  private JsonNode value(int depth) throws IOException {
    if (parser.isCurrentAlias() || depth > DEEPEST) {
      throw malformed(what + " uses YAML aliases or nests deeper than any lockfile does.");
    }
    JsonToken token = parser.currentToken();
    if (token == null) {
      throw malformed(what + " was cut short.");
    }
    if (token == JsonToken.START_OBJECT) {
      return mapping(depth);
    }
    if (token == JsonToken.START_ARRAY) {
      return list(depth);
    }
    String text = parser.getText();
    return NODES.textNode(count(text == null ? "" : text));
  }

  private JsonNode list(int depth) throws IOException {
    var array = NODES.arrayNode();
    count("");
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      array.add(value(depth + 1));
    }
    return array;
  }

  private String count(String text) {
    weight += VALUE_WEIGHT + text.length();
    if (weight > HEAVIEST) {
      throw new ProblemException(new Problem.TooLarge(what + " is too large."));
    }
    return text;
  }

  static ProblemException malformed(String sentence) {
    return new ProblemException(new Problem.Malformed(sentence));
  }
}
