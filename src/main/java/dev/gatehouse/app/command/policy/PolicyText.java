package dev.gatehouse.app.command.policy;

import dev.gatehouse.policy.PolicyName;
import java.util.Arrays;
import java.util.stream.Collectors;

/// A policy's name as it is typed.
final class PolicyText {
  private PolicyText() {}

  static PolicyName parse(String text) {
    PolicyName policy = PolicyName.parse(text);
    if (policy == null || policy == PolicyName.DECISION) {
      throw SettingArguments.malformed(
          "There is no policy \"%s\": there are %s."
              .formatted(
                  text,
                  Arrays.stream(PolicyName.values())
                      .filter(one -> one != PolicyName.DECISION)
                      .map(PolicyName::text)
                      .collect(Collectors.joining(", "))));
    }
    return policy;
  }
}
