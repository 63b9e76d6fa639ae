package dev.gatehouse.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.policy.Mode;
import dev.gatehouse.policy.PolicyName;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/// Some policies of a registry, as somebody may set them.
public final class RandomPolicies {
  private static final JsonMapper MAPPER = new JsonMapper();

  /// Settings that differ in what they withhold.
  private static final Map<PolicyName, List<String>> SETTINGS = new EnumMap<>(PolicyName.class);

  static {
    SETTINGS.put(
        PolicyName.DELAY,
        List.of("{}", "{'age':'90d'}", "{'age':'12h'}", "{'age':'30d','exempt':['@*/*','e*']}"));
    SETTINGS.put(
        PolicyName.BLOCK_LIST,
        List.of(
            "{'list':['* >=2']}",
            "{'list':['*@1.1.0','pad* <1.0.5']}",
            "{'list':['@*/*','e*','pad-b*']}",
            "{'list':['* >=1.1.0','c*','@team/*'],'allow-only':true}",
            "{'list':['*'],'action':'quarantine'}"));
    SETTINGS.put(
        PolicyName.LICENCES,
        List.of(
            "{}",
            "{'rules':[{'licence':'MIT','action':'block','severity':'low'}]}",
            "{'otherwise':{'other':'block','missing':'allow'}}"));
    SETTINGS.put(PolicyName.INSTALL_SCRIPTS, List.of("{}", "{'implicit':false,'action':'block'}"));
    SETTINGS.put(
        PolicyName.QUARANTINE_NEW,
        List.of("{'since':'2016-01-01T00:00:00Z'}", "{'since':'2026-11-01T00:00:00Z'}"));
    SETTINGS.put(PolicyName.EXOTIC, List.of("{}", "{'action':'block','origins':['git']}"));
    SETTINGS.put(PolicyName.CONSISTENCY, List.of("{}", "{'manifest':'block'}"));
    SETTINGS.put(PolicyName.SCANNED, List.of("{}"));
    SETTINGS.put(PolicyName.TRUST, List.of("{}", "{'new-publisher':'block'}"));
    SETTINGS.put(PolicyName.VULNERABILITIES, List.of("{}", "{'severity':{'high':'block'}}"));
    SETTINGS.put(PolicyName.MALWARE, List.of("{}"));
    SETTINGS.put(
        PolicyName.CUSTOM,
        List.of(
            "{'rules':[{'when':'size(scripts) > 0 || builds','action':'block','reason':'No.'}]}",
            "{'rules':[{'when':'deprecated || size(version) > 5','action':'quarantine','reason':'No.'}]}"));
  }

  /// One policy as it shall be.
  public record Wanted(PolicyName policy, Mode mode, ObjectNode settings) {

    /// As it is typed after the name of the policy.
    public List<String> typed() {
      List<String> words = new ArrayList<>();
      settings
          .properties()
          .forEach(one ->
              words.add(
                  one.getKey()
                      + "="
                      + (one.getValue().isTextual()
                          ? one.getValue().textValue()
                          : one.getValue().toString())));
      return words;
    }
  }

  private RandomPolicies() {}

  /// One to three policies, most of them enforced.
  public static List<Wanted> some(RandomGenerator random) {
    Map<PolicyName, Wanted> some = new EnumMap<>(PolicyName.class);
    List<PolicyName> all = List.copyOf(SETTINGS.keySet());
    for (int left = 1 + random.nextInt(3); left > 0; left--) {
      PolicyName policy = all.get(random.nextInt(all.size()));
      List<String> settings = SETTINGS.getOrDefault(policy, List.of());
      Mode mode = random.nextInt(5) == 0 ? Randomly.oneOf(random, Mode.values()) : Mode.ENFORCE;
      some.put(policy, wanted(policy, mode, settings.get(random.nextInt(settings.size()))));
    }
    return List.copyOf(some.values());
  }

  /// A policy with settings as JSON, in single quotes.
  public static Wanted wanted(PolicyName policy, Mode mode, String settings) {
    try {
      return new Wanted(policy, mode, (ObjectNode) MAPPER.readTree(settings.replace('\'', '"')));
    } catch (JsonProcessingException broken) {
      throw new IllegalArgumentException(settings, broken);
    }
  }
}
