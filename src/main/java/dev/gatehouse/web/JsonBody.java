package dev.gatehouse.web;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.http.Request;
import dev.gatehouse.npm.BoundedJson;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A small JSON object that a client sent, read with bounds on its size, depth and memory. Members
/// of another type than is asked for are refused with a sentence; null counts as absent. It may
/// hold a password, so that no sentence quotes a value.
public final class JsonBody {
  private static final String WHAT = "The request's body";
  private static final int WEIGHT = 1 << 20;

  private final ObjectNode node;

  private JsonBody(ObjectNode node) {
    this.node = node;
  }

  /// The object in the body of `request`, which has at most `limit` bytes once decompressed.
  public static JsonBody read(Request request, int limit) throws IOException {
    JsonFactory factory = BoundedJson.factory(limit, limit);
    try (JsonParser parser = factory.createParser(stream(request, limit))) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw malformed("is no JSON object: send one");
      }
      JsonNode tree = new BoundedJson(parser, new BoundedJson.Limit(WHAT, WEIGHT, null)).tree();
      if (parser.nextToken() != null) {
        throw malformed("has something behind its JSON object: send that alone");
      }
      return new JsonBody((ObjectNode) tree);
    } catch (JacksonException broken) {
      throw BoundedJson.problem(WHAT, broken);
    }
  }

  /// The bytes of the body of `request`, at most `limit` of them once decompressed. It can be read
  /// as ever afterwards.
  public static byte[] keep(Request request, int limit) throws IOException {
    try (InputStream body = request.decodedBody(limit)) {
      var kept = new Kept(body.readAllBytes());
      request.attach(Kept.class, kept);
      return kept.bytes;
    }
  }

  /// A body that was read before it was looked at.
  private static final class Kept {
    private final byte[] bytes;

    private Kept(byte[] bytes) {
      this.bytes = bytes;
    }
  }

  private static InputStream stream(Request request, int limit) throws IOException {
    Kept kept = request.attachment(Kept.class);
    return kept == null ? request.decodedBody(limit) : new ByteArrayInputStream(kept.bytes);
  }

  /// The names of its members, those that are null too.
  public List<String> names() {
    return node.properties().stream().map(java.util.Map.Entry::getKey).toList();
  }

  /// Whether it has a member called `name` that is not null.
  public boolean has(String name) {
    return node.hasNonNull(name);
  }

  /// The text called `name`, or null.
  public @Nullable String text(String name) {
    JsonNode value = value(name);
    if (value != null && !value.isTextual()) {
      throw wrong(name, "a string");
    }
    return value == null ? null : value.textValue();
  }

  /// The whole number called `name`, or null.
  public @Nullable Long number(String name) {
    JsonNode value = value(name);
    if (value != null && !(value.isIntegralNumber() && value.canConvertToLong())) {
      throw wrong(name, "a whole number");
    }
    return value == null ? null : value.longValue();
  }

  /// Whether the member called `name` is true; absent means false.
  public boolean flag(String name) {
    JsonNode value = value(name);
    if (value != null && !value.isBoolean()) {
      throw wrong(name, "true or false");
    }
    return value != null && value.booleanValue();
  }

  /// The texts in the array called `name`; absent means none.
  public List<String> texts(String name) {
    JsonNode value = value(name);
    if (value == null) {
      return List.of();
    }
    if (!value.isArray()) {
      throw wrong(name, "an array of strings");
    }
    List<String> texts = new ArrayList<>();
    for (JsonNode one : value) {
      if (!one.isTextual()) {
        throw wrong(name, "an array of strings");
      }
      texts.add(one.textValue());
    }
    return texts;
  }

  /// The object called `name`, or null.
  public @Nullable JsonBody object(String name) {
    JsonNode value = value(name);
    if (value == null) {
      return null;
    }
    if (!(value instanceof ObjectNode object)) {
      throw wrong(name, "an object");
    }
    return new JsonBody(object);
  }

  /// The object called `name` as it came; absent means empty.
  public ObjectNode tree(String name) {
    JsonBody inner = object(name);
    return inner == null ? JsonNodeFactory.instance.objectNode() : inner.node.deepCopy();
  }

  /// The text called `name`, or a malformed problem.
  public String requireText(String name) {
    String text = text(name);
    if (text == null) {
      throw malformed("lacks \"" + name + "\"");
    }
    return text;
  }

  private @Nullable JsonNode value(String name) {
    JsonNode value = node.get(name);
    return value == null || value.isNull() ? null : value;
  }

  private static ProblemException wrong(String name, String expected) {
    return malformed("is wrong: \"" + name + "\" must be " + expected);
  }

  private static ProblemException malformed(String what) {
    return new ProblemException(new Problem.Malformed(WHAT + " " + what + "."));
  }
}
