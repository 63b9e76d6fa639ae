package dev.gatehouse.policy.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.policy.Mode;
import dev.gatehouse.policy.PolicyName;
import dev.gatehouse.policy.catalogue.Catalogue;
import java.util.List;
import java.util.Map;

/// A policy as somebody sets it, or thinks of setting it.
///
/// @param settings what shall differ from what is set now: what is not named stays as it is, and
///   null takes a setting back
public record Draft(PolicyName policy, Mode mode, ObjectNode settings) {

  /// The layer that is to be stored where `layer` is; a problem with a sentence if it cannot be.
  ObjectNode over(ObjectNode layer) {
    if (policy == PolicyName.FREEZE) {
      throw Policies.malformed(
          "A registry is frozen by archiving it: ./gatehouse registry archive NAME.");
    }
    ObjectNode merged = layer.deepCopy();
    merge(merged, settings);
    // What cannot be compiled must not be stored.
    Catalogue.compile(policy, mode, Catalogue.settings(policy, List.of(merged)));
    return merged;
  }

  /// Lays `settings` over `into`; null takes back.
  static void merge(ObjectNode into, ObjectNode settings) {
    for (Map.Entry<String, JsonNode> field : settings.properties()) {
      if (field.getValue().isNull()) {
        into.remove(field.getKey());
      } else if (into.get(field.getKey()) instanceof ObjectNode there
          && field.getValue() instanceof ObjectNode inner) {
        merge(there, inner);
      } else {
        into.set(field.getKey(), field.getValue());
      }
    }
  }
}
