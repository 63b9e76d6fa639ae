package dev.gatehouse.policy.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.policy.Mode;
import dev.gatehouse.policy.PolicyName;
import dev.gatehouse.policy.catalogue.Catalogue;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A licence policy of a workspace: rules, and what is done where none decides. Registries refer to
/// it by its name and follow when it changes.
///
/// @param settings what differs from the defaults, JSON text
public record NamedLicences(String name, String settings, StoredPolicy.Change change) {
  /// What it decides; the other settings of the policy are each registry's own.
  static final Set<String> PARTS = Set.of("rules", "otherwise");

  /// All that it decides.
  public ObjectNode whole() {
    ObjectNode whole = all(layer());
    keepParts(whole);
    return whole;
  }

  ObjectNode layer() {
    return Catalogue.parse(settings);
  }

  /// The name that `settings` of the policy `licences` refer to, or null.
  static @Nullable String referred(ObjectNode settings) {
    String use = settings.path("use").asText("");
    return use.isEmpty() ? null : use;
  }

  /// Refuses a layer that could not be used.
  static void requireUsable(ObjectNode layer) {
    for (Iterator<String> fields = layer.fieldNames(); fields.hasNext(); ) {
      if (!PARTS.contains(fields.next())) {
        throw Policies.malformed(
            "A licence policy has \"rules\" and \"otherwise\"; everything else is set by registries.");
      }
    }
    Catalogue.compile(PolicyName.LICENCES, Mode.ENFORCE, all(layer));
  }

  /// Puts what this decides in the place of what `settings` say.
  void over(ObjectNode settings) {
    ObjectNode whole = whole();
    PARTS.forEach(part -> settings.set(part, whole.get(part)));
    settings.put("name", name);
  }

  private static ObjectNode all(ObjectNode layer) {
    return Catalogue.settings(PolicyName.LICENCES, List.of(layer));
  }

  private static void keepParts(ObjectNode whole) {
    whole.retain(PARTS);
  }
}
