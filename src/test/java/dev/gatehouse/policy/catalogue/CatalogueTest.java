package dev.gatehouse.policy.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.policy.Mode;
import dev.gatehouse.policy.PolicyName;
import dev.gatehouse.policy.judge.Rule;
import dev.gatehouse.problem.ProblemException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class CatalogueTest {
  static List<PolicyName> policies() {
    var without = EnumSet.of(PolicyName.DECISION, PolicyName.IMMUTABLE);
    return Arrays.stream(PolicyName.values()).filter(name -> !without.contains(name)).toList();
  }

  private static ObjectNode settings(PolicyName policy, String json) {
    return Catalogue.settings(policy, List.of(Catalogue.parse(json)));
  }

  @ParameterizedTest
  @MethodSource("policies")
  void everyPolicyIsMadeOfItsDefaults(PolicyName name) {
    Rule rule = Catalogue.compile(name, Mode.ENFORCE, Catalogue.defaults(name));
    assertThat(rule.policy().name()).isEqualTo(name);
    assertThat(rule.settings()).isEqualTo(Catalogue.defaults(name).toString());
  }

  @Test
  void settingsAreWrittenAsPeopleDo() {
    assertThat(Catalogue.defaults(PolicyName.DELAY))
        .hasToString("{\"age\":\"3d\",\"exempt\":[],\"fixes\":true,\"missing\":\"quarantine\"}");
    assertThat(settings(PolicyName.DELAY, "{\"age\":\"90m\"}").path("age").asText())
        .isEqualTo("90m");
    assertThat(settings(PolicyName.BLOCK_LIST, "{\"allow-only\":true}").toString())
        .isEqualTo("{\"list\":[],\"allow-only\":true,\"action\":\"block\"}");
  }

  @Test
  void layersLieOverEachOtherSettingBySetting() {
    ObjectNode all =
        Catalogue.settings(
            PolicyName.VULNERABILITIES,
            List.of(
                Catalogue.parse("{\"severity\":{\"high\":\"block\"},\"fixable\":\"block\"}"),
                Catalogue.parse("{\"fixable\":\"flag\",\"missing\":null}")));
    assertThat(all.at("/severity/high").asText()).isEqualTo("block");
    assertThat(all.at("/severity/critical").asText()).isEqualTo("quarantine");
    assertThat(all.at("/fixable").asText()).isEqualTo("flag");
    assertThat(all.at("/missing").asText()).isEqualTo("quarantine");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "DELAY | {\"wait\":\"3d\"} | There is no setting \"wait\": there are age, exempt, fixes",
        "DELAY | {\"age\":\"91d\"} | between 1 minute",
        "DELAY | {\"age\":\"soon\"} | no duration",
        "DELAY | {\"age\":3} | no duration",
        "DELAY | {\"fixes\":\"perhaps\"} | \"fixes\" does not fit",
        "DELAY | {\"exempt\":[\"@\"]} | no pattern",
        "DELAY | {\"missing\":\"explode\"} | \"missing\" does not fit",
        "DELAY | {\"missing\":1} | \"missing\" does not fit",
        "DELAY | [] | JSON object",
        "DELAY | {\"age\" | not: Unexpected",
        "VULNERABILITIES | {\"severity\":{\"hihg\":\"block\"}} | \"severity.hihg\"",
        "VULNERABILITIES | {\"severity\":\"block\"} | \"severity\" does not fit",
        "BLOCK_LIST | {\"list\":[\"react@latest\"]} | no range",
        "LICENCES | {\"rules\":[{\"licence\":\"x\",\"action\":\"block\",\"severity\":\"\"}]} | SPDX",
        "LICENCES | {\"rules\":[{\"licence\":\"MIT\"}]} | does not fit",
        "DELAY | {\"exempt\":[null]} | does not fit",
        "QUARANTINE_NEW | {\"since\":\"yesterday\"} | no instant",
      })
  void whatDoesNotFitIsToldInASentence(PolicyName policy, String json, String expected) {
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> Catalogue.compile(policy, Mode.ENFORCE, settings(policy, json)))
        .withMessageContaining(expected);
  }

  @Test
  void aRegistryIsNotFrozenOnTrial() {
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> Catalogue.requireMode(PolicyName.FREEZE, Mode.OBSERVE))
        .withMessageContaining("frozen");
  }
}
