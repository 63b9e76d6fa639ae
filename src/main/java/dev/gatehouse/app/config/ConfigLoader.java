package dev.gatehouse.app.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Fills the [Config]: the defaults, over them the file, over that `GATEHOUSE_…` of the
/// environment, over that the command's flags. A key that nobody knows stops the start and is told
/// the nearest one.
public final class ConfigLoader {
  private static final String PREFIX = "GATEHOUSE_";
  private static final String LAUNCHER_ONLY = "GATEHOUSE_JAVA_OPTS";

  private final JsonMapper mapper =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .addModule(
              new SimpleModule()
                  .addSerializer(Duration.class, new DurationText.Writer())
                  .addDeserializer(Duration.class, new DurationText.Reader())
                  .addSerializer(Path.class, ToStringSerializer.instance))
          .build();
  private final ObjectNode tree = mapper.valueToTree(Config.defaults());
  private final Map<String, JsonNode> leaves = new TreeMap<>();

  /// Starts from the defaults.
  public ConfigLoader() {
    collect("", tree);
  }

  /// Lays the YAML in `file` over what is there.
  public ConfigLoader file(Path file) {
    try {
      JsonNode read = new YAMLMapper().readTree(Files.readString(file));
      if (read != null && !read.isNull() && !read.isMissingNode()) {
        overlay("", read, file.toString());
      }
    } catch (JsonProcessingException broken) {
      throw new ConfigException(
          "The file %s is not YAML: %s".formatted(file, broken.getOriginalMessage()));
    } catch (IOException _) {
      throw new ConfigException("The file %s cannot be read.".formatted(file));
    }
    return this;
  }

  /// Lays the variables that start with `GATEHOUSE_` over what is there: `server.base-url` is
  /// `GATEHOUSE_SERVER_BASE_URL`; lists are separated by commas.
  public ConfigLoader environment(Map<String, String> variables) {
    Map<String, String> keys = new TreeMap<>();
    leaves.keySet().forEach(key -> keys.put(variable(key), key));
    variables.forEach((name, value) -> {
      if (name.startsWith(PREFIX) && !name.equals(LAUNCHER_ONLY)) {
        String key = keys.get(name);
        if (key == null) {
          throw unknown(name, "the environment", keys.keySet());
        }
        set(key, value);
      }
    });
    return this;
  }

  /// Lays single values over what is there, by key as in `server.port`. Null leaves a key alone.
  public ConfigLoader flags(Map<String, ? extends @Nullable String> values) {
    values.forEach((key, value) -> {
      if (value != null) {
        set(key, value);
      }
    });
    return this;
  }

  /// The configuration, or a sentence about the value that does not fit.
  public Config load() {
    try {
      return mapper.treeToValue(tree, Config.class);
    } catch (JsonProcessingException wrong) {
      if (wrong.getCause() instanceof ConfigException said) {
        throw said;
      }
      if (wrong.getCause() instanceof IllegalArgumentException said
          && !(said instanceof NumberFormatException)) {
        throw new ConfigException(String.valueOf(said.getMessage()));
      }
      throw new ConfigException(
          "The value of %s does not fit: %s".formatted(where(wrong), reason(wrong)));
    }
  }

  private static String where(JsonProcessingException wrong) {
    return wrong instanceof JsonMappingException mapping
        ? mapping.getPath().stream()
            .map(JsonMappingException.Reference::getFieldName)
            .filter(Objects::nonNull)
            .collect(Collectors.joining("."))
        : "a setting";
  }

  /// The part that is about the value; the rest names classes.
  private static String reason(JsonProcessingException wrong) {
    if (wrong instanceof InvalidFormatException invalid && invalid.getTargetType() == int.class) {
      return "\"%s\" is no whole number.".formatted(invalid.getValue());
    }
    return wrong
        .getOriginalMessage()
        .replaceFirst("(?s)^Cannot deserialize value of type \\S+ from String \".*?\": ", "");
  }

  private void collect(String path, JsonNode node) {
    if (node instanceof ObjectNode object) {
      object
          .properties()
          .forEach(field ->
              collect(
                  path.isEmpty() ? field.getKey() : path + "." + field.getKey(), field.getValue()));
    } else {
      leaves.put(path, node);
    }
  }

  private void overlay(String path, JsonNode from, String source) {
    if (leaves.containsKey(path)) {
      put(path, from);
    } else if (from instanceof ObjectNode object && (path.isEmpty() || isBranch(path))) {
      for (Map.Entry<String, JsonNode> field : object.properties()) {
        overlay(
            path.isEmpty() ? field.getKey() : path + "." + field.getKey(),
            field.getValue(),
            source);
      }
    } else {
      throw unknown(path, source, leaves.keySet());
    }
  }

  private boolean isBranch(String path) {
    return leaves.keySet().stream().anyMatch(key -> key.startsWith(path + "."));
  }

  private void set(String key, String value) {
    if (leaves.get(key) instanceof ArrayNode) {
      ArrayNode list = mapper.createArrayNode();
      for (String item : value.split(",", -1)) {
        if (!item.isBlank()) {
          list.add(item.strip());
        }
      }
      put(key, list);
    } else {
      put(key, mapper.getNodeFactory().textNode(value));
    }
  }

  private void put(String key, JsonNode value) {
    int dot = key.lastIndexOf('.');
    ObjectNode parent =
        dot < 0 ? tree : (ObjectNode) tree.at("/" + key.substring(0, dot).replace('.', '/'));
    parent.set(key.substring(dot + 1), value);
  }

  private static String variable(String key) {
    return PREFIX + key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }

  private static ConfigException unknown(String key, String source, Iterable<String> known) {
    return new ConfigException(
        "\"%s\" in %s is no setting. The nearest is \"%s\"."
            .formatted(key, source, Nearest.of(key, known)));
  }
}
