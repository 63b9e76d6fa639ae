package dev.gatehouse.app.command.policy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.policy.PolicyName;
import dev.gatehouse.policy.catalogue.Catalogue;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import java.util.List;

/// Settings as they are typed: `age=3d`, `severity.high=block`, `list=react,@scope/*`. A list may
/// be JSON too; nothing behind the `=` takes the setting back.
final class SettingArguments {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private SettingArguments() {}

  /// The settings that `arguments` name.
  static ObjectNode of(PolicyName policy, List<String> arguments) {
    ObjectNode defaults = Catalogue.defaults(policy);
    ObjectNode settings = NODES.objectNode();
    for (String argument : arguments) {
      int equals = argument.indexOf('=');
      if (equals <= 0) {
        throw malformed(
            "\"%s\" is no setting: write name=value, as in age=3d.".formatted(argument));
      }
      String path = argument.substring(0, equals);
      JsonNode usual = defaults.at("/" + path.replace('.', '/'));
      put(settings, path, value(usual, argument.substring(equals + 1)));
    }
    return settings;
  }

  private static void put(ObjectNode into, String path, JsonNode value) {
    int dot = path.indexOf('.');
    if (dot < 0) {
      into.set(path, value);
    } else {
      put(into.withObjectProperty(path.substring(0, dot)), path.substring(dot + 1), value);
    }
  }

  /// Of the kind that the setting usually has; what does not fit is told when it is set.
  private static JsonNode value(JsonNode usual, String text) {
    if (text.isEmpty()) {
      return NODES.nullNode();
    }
    if (text.startsWith("[") || text.startsWith("{")) {
      return json(text);
    }
    if (usual.isArray()) {
      var list = NODES.arrayNode();
      for (String part : text.split(",", -1)) {
        list.add(part.strip());
      }
      return list;
    }
    return (usual.isBoolean() && (text.equals("true") || text.equals("false"))) || usual.isNumber()
        ? json(text)
        : NODES.textNode(text);
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException broken) {
      throw malformed("\"%s\" is not JSON: %s.".formatted(text, broken.getOriginalMessage()));
    }
  }

  static ProblemException malformed(String sentence) {
    return new ProblemException(new Problem.Malformed(sentence));
  }
}
