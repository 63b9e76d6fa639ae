package dev.gatehouse.policy.catalogue;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.cfg.EnumFeature;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Settings as JSON: names in small letters with hyphens, durations as `30m`, `12h` or `3d`.
final class SettingsFormat {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
          .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(EnumFeature.WRITE_ENUMS_TO_LOWERCASE)
          .addModule(
              new SimpleModule()
                  .addSerializer(Duration.class, new DurationWriter())
                  .addDeserializer(Duration.class, new DurationReader())
                  .addSerializer(Instant.class, ToStringSerializer.instance)
                  .addDeserializer(Instant.class, new InstantReader()))
          .build();

  private SettingsFormat() {}

  /// `settings` as JSON.
  static ObjectNode write(Object settings) {
    return JSON.valueToTree(settings);
  }

  /// JSON text as a tree; a problem if it is no object.
  static ObjectNode parse(String text) {
    try {
      if (JSON.readTree(text) instanceof ObjectNode object) {
        return object;
      }
    } catch (JsonProcessingException broken) {
      throw malformed("Settings are JSON, and these are not: " + broken.getOriginalMessage() + ".");
    }
    throw malformed("Settings are a JSON object, as in {\"action\":\"block\"}.");
  }

  /// Lays `over` on `base`, object by object; null leaves what is there.
  static void overlay(ObjectNode base, ObjectNode over, String path) {
    for (Map.Entry<String, JsonNode> field : over.properties()) {
      JsonNode there = base.get(field.getKey());
      String name = path + field.getKey();
      if (there == null) {
        throw malformed(
            "There is no setting \"%s\": there are %s."
                .formatted(name, String.join(", ", new TreeSet<>(names(base, path)))));
      }
      if (there instanceof ObjectNode inner && field.getValue() instanceof ObjectNode object) {
        overlay(inner, object, name + ".");
      } else if (!field.getValue().isNull()) {
        base.set(field.getKey(), field.getValue());
      }
    }
  }

  private static Set<String> names(ObjectNode base, String path) {
    return base.properties().stream()
        .map(one -> path + one.getKey())
        .collect(Collectors.toUnmodifiableSet());
  }

  /// Reads settings of that type; a problem with a sentence if they do not fit.
  static <S> S read(ObjectNode tree, Class<S> type) {
    try {
      return JSON.treeToValue(tree, type);
    } catch (JsonProcessingException wrong) {
      for (Throwable cause = wrong; cause != null; cause = cause.getCause()) {
        if (cause instanceof ProblemException said) {
          throw said;
        }
      }
      throw malformed(
          "The setting \"%s\" does not fit: %s"
              .formatted(where(wrong), wrong.getOriginalMessage().split("\n", -1)[0]));
    }
  }

  private static String where(JsonProcessingException wrong) {
    return wrong instanceof JsonMappingException mapping
        ? mapping.getPath().stream()
            .map(step ->
                step.getFieldName() == null ? String.valueOf(step.getIndex()) : step.getFieldName())
            .collect(Collectors.joining("."))
        : "?";
  }

  static ProblemException malformed(String sentence) {
    return new ProblemException(new Problem.Malformed(sentence));
  }

  private static final class DurationWriter extends StdSerializer<Duration> {
    private static final long serialVersionUID = 1L;

    DurationWriter() {
      super(Duration.class);
    }

    @Override
    public void serialize(Duration value, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      long minutes = value.toMinutes();
      boolean hours = minutes % 60 == 0;
      boolean days = minutes % 1_440 == 0;
      json.writeString(days ? minutes / 1_440 + "d" : hours ? minutes / 60 + "h" : minutes + "m");
    }
  }

  private static final class DurationReader extends StdDeserializer<Duration> {
    private static final long serialVersionUID = 1L;

    DurationReader() {
      super(Duration.class);
    }

    @Override
    public Duration deserialize(JsonParser json, DeserializationContext context)
        throws IOException {
      String text = json.getText();
      if (!text.matches("\\d{1,6}[mhd]")) {
        throw malformed("\"%s\" is no duration: write 30m, 12h or 3d.".formatted(text));
      }
      long number = Long.parseLong(text.substring(0, text.length() - 1));
      return switch (text.charAt(text.length() - 1)) {
        case 'm' -> Duration.ofMinutes(number);
        case 'h' -> Duration.ofHours(number);
        default -> Duration.ofDays(number);
      };
    }
  }

  private static final class InstantReader extends StdDeserializer<Instant> {
    private static final long serialVersionUID = 1L;

    InstantReader() {
      super(Instant.class);
    }

    @Override
    public Instant deserialize(JsonParser json, DeserializationContext context) throws IOException {
      try {
        return Instant.parse(json.getText());
      } catch (DateTimeParseException _) {
        throw malformed(
            "\"%s\" is no instant: write 2026-01-31T00:00:00Z.".formatted(json.getText()));
      }
    }
  }
}
