package dev.gatehouse.access.account;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// What people tell of themselves, as `npm profile` knows it. A field that is not told is absent.
public record Profile(Map<String, String> fields) {
  /// The fields there are.
  public static final List<String> FIELDS =
      List.of("fullname", "homepage", "github", "twitter", "freenode");

  /// Nothing told.
  public static final Profile EMPTY = new Profile(Map.of());

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int LONGEST = 256;
  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");
  private static final Pattern EMAIL = Pattern.compile("[^\\s@<>\"]+@[^\\s@<>\"]+");

  /// Copies the fields.
  public Profile {
    fields = Map.copyOf(fields);
  }

  /// This profile with `changes` made; an empty value takes a field away.
  public Profile with(Map<String, String> changes) {
    Map<String, String> changed = new TreeMap<>(fields);
    changes.forEach((field, value) -> {
      requirePossible(field, value);
      if (value.isEmpty()) {
        changed.remove(field);
      } else {
        changed.put(field, value);
      }
    });
    return new Profile(changed);
  }

  /// Refuses what is no address of mail, with a sentence. Empty means none.
  public static void requireEmail(String email) {
    boolean possible = email.isEmpty() || EMAIL.matcher(email).matches();
    if (!possible || email.length() > LONGEST || CONTROL.matcher(email).find()) {
      throw malformed(
          "The mail address is not one: write it as name@example.org, or leave it out.");
    }
  }

  String json() {
    try {
      return JSON.writeValueAsString(new TreeMap<>(fields));
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  static Profile ofJson(String json) {
    try {
      return new Profile(JSON.readValue(json, new TypeReference<Map<String, String>>() {}));
    } catch (JsonProcessingException damaged) {
      throw new IllegalStateException(damaged);
    }
  }

  private static void requirePossible(String field, String value) {
    if (!FIELDS.contains(field)) {
      throw malformed(
          "A profile has no such field: there are email, " + String.join(", ", FIELDS) + ".");
    }
    if (value.length() > LONGEST || CONTROL.matcher(value).find()) {
      throw malformed(
          "The profile's %s is too long or has control characters: use up to %d plain ones."
              .formatted(field, LONGEST));
    }
  }

  private static ProblemException malformed(String sentence) {
    return new ProblemException(new Problem.Malformed(sentence));
  }
}
