package dev.gatehouse.npm;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.gatehouse.problem.ProblemException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A field of a document that authors write in several ways, or wrongly: read as what it was meant
/// to be, cut to a length that fits a list, and as nothing if it is none of that.
public record Loose(JsonNode value) {
  /// Somebody whose name is not known.
  public static final Map<String, String> NOBODY = Map.of("username", "", "email", "");

  private static final int LONGEST_TEXT = 1_000;
  private static final int LONGEST_WORD = 256;
  private static final int MOST = 50;
  private static final int WEIGHT = 256 << 10;
  private static final JsonFactory JSON = BoundedJson.factory(WEIGHT, WEIGHT);

  /// The value whose JSON is `json`; null means that it is absent.
  public static Loose read(@Nullable String json) {
    return read(json, WEIGHT);
  }

  /// The same for a field that may be as large as `weight` bytes.
  public static Loose read(@Nullable String json, int weight) {
    if (json == null) {
      return new Loose(MissingNode.getInstance());
    }
    JsonFactory factory = weight == WEIGHT ? JSON : BoundedJson.factory(weight, weight);
    try (JsonParser parser = factory.createParser(json)) {
      parser.nextToken();
      return new Loose(
          new BoundedJson(parser, new BoundedJson.Limit("A field", weight, null)).tree());
    } catch (IOException | ProblemException _) {
      return new Loose(MissingNode.getInstance());
    }
  }

  /// A description.
  public String text() {
    return text(LONGEST_TEXT);
  }

  /// A longer text, cut to `longest` characters.
  public String text(int longest) {
    return cut(value.asText(""), longest);
  }

  /// Keywords: an array, or a text with commas.
  public List<String> words() {
    List<String> words = new ArrayList<>();
    if (value.isTextual()) {
      words.addAll(List.of(value.textValue().split("[,\\s]+")));
    }
    for (JsonNode one : value) {
      if (one.isTextual()) {
        words.add(one.textValue());
      }
    }
    return words.stream()
        .filter(word -> !word.isBlank())
        .limit(MOST)
        .map(word -> cut(word, LONGEST_WORD))
        .toList();
  }

  /// People: an array of them.
  public List<Map<String, String>> people() {
    List<Map<String, String>> people = new ArrayList<>();
    for (JsonNode one : value) {
      if (people.size() < MOST) {
        people.add(new Loose(one).person());
      }
    }
    return people;
  }

  /// Somebody: `{"name", "email"}` or `Ada <ada@example.org>`.
  public Map<String, String> person() {
    if (value.isTextual()) {
      String text = value.textValue();
      int angle = text.indexOf('<');
      String name = angle < 0 ? text : text.substring(0, angle);
      String email = angle < 0 ? "" : text.substring(angle + 1).replace(">", "");
      return Map.of(
          "username", cut(name.strip(), LONGEST_WORD), "email", cut(email.strip(), LONGEST_WORD));
    }
    return Map.of(
        "username", cut(value.path("name").asText(""), LONGEST_WORD),
        "email", cut(value.path("email").asText(""), LONGEST_WORD));
  }

  /// An address: a text, or an object with a `url`.
  public String url() {
    return cut(value.isTextual() ? value.textValue() : value.path("url").asText(""), LONGEST_WORD);
  }

  private static String cut(String text, int longest) {
    return text.length() <= longest ? text : text.substring(0, longest);
  }
}
