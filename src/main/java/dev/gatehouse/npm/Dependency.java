package dev.gatehouse.npm;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What a manifest says of one package that it needs.
///
/// @param name what it is called there, which an alias may be
/// @param spec a range, a tag, an address: as [DependencySpec] reads it
public record Dependency(Kind kind, String name, String spec) {
  /// Nobody needs more; whoever writes more wants to keep us busy.
  public static final int MOST = 2_000;

  private static final int LONGEST_NAME = 256;
  private static final int LONGEST_SPEC = DependencySpec.MAX_LENGTH + 1;
  private static final JsonFactory JSON = BoundedJson.factory(32 << 20, Long.MAX_VALUE);

  /// What it is needed for.
  public enum Kind {
    /// To run.
    RUNTIME("dependencies"),
    /// To run, if it can be had.
    OPTIONAL("optionalDependencies"),
    /// Beside it, once for everybody.
    PEER("peerDependencies"),
    /// To work on it. Nobody who installs the package gets these.
    DEV("devDependencies");

    private final String field;

    Kind(String field) {
      this.field = field;
    }

    /// How it is written.
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// Those of a manifest, the first [#MOST] of each kind, as they stand there. What is optional is
  /// not told twice: registries list it among `dependencies`, too.
  public static List<Dependency> of(byte[] manifest) {
    Map<String, Map<String, String>> fields = new LinkedHashMap<>();
    try (JsonParser parser = JSON.createParser(manifest)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String field = parser.currentName();
        JsonToken value = parser.nextToken();
        if (value == JsonToken.START_OBJECT && field.endsWith("ependencies")) {
          fields.put(field, specs(parser));
        } else {
          parser.skipChildren();
        }
      }
    } catch (IOException _) {
      // What cannot be read needs nothing that anybody could install.
      return List.of();
    }
    Map<String, String> optional = fields.getOrDefault(Kind.OPTIONAL.field, Map.of());
    fields
        .getOrDefault(Kind.RUNTIME.field, new LinkedHashMap<>())
        .keySet()
        .removeAll(optional.keySet());
    List<Dependency> all = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      fields
          .getOrDefault(kind.field, Map.of())
          .forEach((name, spec) -> all.add(new Dependency(kind, name, spec)));
    }
    return all;
  }

  private static Map<String, String> specs(JsonParser parser) throws IOException {
    Map<String, String> specs = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      boolean text = parser.nextToken() == JsonToken.VALUE_STRING;
      if (text && specs.size() < MOST && name.length() <= LONGEST_NAME) {
        String spec = parser.getText();
        specs.put(name, spec.length() > LONGEST_SPEC ? spec.substring(0, LONGEST_SPEC) : spec);
      }
      parser.skipChildren();
    }
    return specs;
  }
}
