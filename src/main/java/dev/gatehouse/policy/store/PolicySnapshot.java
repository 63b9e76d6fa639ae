package dev.gatehouse.policy.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.policy.Mode;
import dev.gatehouse.policy.PolicyName;
import dev.gatehouse.policy.catalogue.Catalogue;
import dev.gatehouse.policy.catalogue.Unreadable;
import dev.gatehouse.policy.decision.Decisions;
import dev.gatehouse.policy.judge.Rule;
import dev.gatehouse.policy.judge.Rules;
import dev.gatehouse.problem.ProblemException;
import dev.gatehouse.registries.Registry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Everything stored at one moment, immutable; the rules of each registry are compiled when it is
/// first asked for.
final class PolicySnapshot {
  /// What has no switch of its own: a person's decision is always on.
  private static final Set<PolicyName> SETTABLE =
      EnumSet.complementOf(EnumSet.of(PolicyName.DECISION, PolicyName.IMMUTABLE));

  private final Map<Long, Map<PolicyName, StoredPolicy>> workspaces;
  private final Map<Long, Map<PolicyName, StoredPolicy>> registries;
  private final Map<Long, Map<String, NamedLicences>> licences;
  private final Map<Long, Decisions> decisions;
  private final Map<Long, Compiled> compiled = new ConcurrentHashMap<>();

  private record Compiled(Registry.Settings settings, Rules rules) {}

  PolicySnapshot(
      Map<Long, Map<PolicyName, StoredPolicy>> workspaces,
      Map<Long, Map<PolicyName, StoredPolicy>> registries,
      Map<Long, Map<String, NamedLicences>> licences,
      Map<Long, Decisions> decisions) {
    this.workspaces = workspaces;
    this.registries = registries;
    this.licences = licences;
    this.decisions = decisions;
  }

  /// The rules of `registry` as its settings stand now.
  Rules rules(Registry registry) {
    Compiled known = compiled.get(registry.id());
    if (known == null || !known.settings().equals(registry.settings())) {
      known = new Compiled(registry.settings(), compile(registry));
      compiled.put(registry.id(), known);
    }
    return known.rules();
  }

  /// The same if `registry` had a policy set so.
  PolicySnapshot with(Registry registry, Draft draft) {
    StoredPolicy own = own(registry, draft.policy());
    ObjectNode layer = draft.over(own == null ? Catalogue.parse("{}") : own.layer());
    Map<PolicyName, StoredPolicy> drafted = new EnumMap<>(PolicyName.class);
    drafted.putAll(registries.getOrDefault(registry.id(), Map.of()));
    drafted.put(
        draft.policy(),
        new StoredPolicy(draft.policy(), draft.mode(), layer.toString(), StoredPolicy.Change.NONE));
    Map<Long, Map<PolicyName, StoredPolicy>> all = new HashMap<>(registries);
    all.put(registry.id(), drafted);
    var snapshot = new PolicySnapshot(workspaces, all, licences, decisions);
    ObjectNode settings = snapshot.settings(registry, draft.policy());
    if (snapshot.refersToNothing(registry, draft.policy(), settings)) {
      throw LicencePolicies.missing(settings.path("use").asText());
    }
    return snapshot;
  }

  private Rules compile(Registry registry) {
    List<Rule> rules = new ArrayList<>();
    for (PolicyName policy : SETTABLE) {
      Mode mode = mode(registry, policy);
      if (mode != Mode.OFF) {
        rules.add(rule(registry, policy, mode));
      }
    }
    return new Rules(rules, decisions.getOrDefault(registry.id(), Decisions.NONE));
  }

  private Rule rule(Registry registry, PolicyName policy, Mode mode) {
    try {
      ObjectNode settings = settings(registry, policy);
      return refersToNothing(registry, policy, settings)
          ? new Rule(new Unreadable(policy), mode, "refers to nothing")
          : Catalogue.compile(policy, mode, settings);
    } catch (ProblemException unreadable) {
      return new Rule(new Unreadable(policy), mode, "unreadable");
    }
  }

  /// All policies of `registry` as they stand now, in the order of [PolicyName].
  List<PolicyState> states(Registry registry) {
    List<PolicyState> states = new ArrayList<>();
    states.add(
        new PolicyState(
            PolicyName.IMMUTABLE,
            registry.settings().overwriting() ? Mode.OFF : Mode.ENFORCE,
            Catalogue.parse("{}"),
            PolicyState.Source.SETTING,
            null));
    SETTABLE.forEach(policy -> states.add(state(registry, policy)));
    states.sort(Comparator.comparing(PolicyState::policy));
    return List.copyOf(states);
  }

  private PolicyState state(Registry registry, PolicyName policy) {
    StoredPolicy own = own(registry, policy);
    StoredPolicy inherited = inherited(registry, policy);
    StoredPolicy from = own == null ? inherited : own;
    PolicyState.Source source =
        own != null
            ? PolicyState.Source.REGISTRY
            : inherited != null ? PolicyState.Source.WORKSPACE : PolicyState.Source.KIND;
    boolean archived = policy == PolicyName.FREEZE && registry.settings().archived();
    return new PolicyState(
        policy,
        mode(registry, policy),
        settings(registry, policy),
        archived ? PolicyState.Source.SETTING : source,
        from == null ? null : from.change());
  }

  private Mode mode(Registry registry, PolicyName policy) {
    if (policy == PolicyName.FREEZE && registry.settings().archived()) {
      return Mode.ENFORCE;
    }
    StoredPolicy own = own(registry, policy);
    StoredPolicy set = own == null ? inherited(registry, policy) : own;
    return set == null ? atFirst(registry.settings().kind(), policy) : set.mode();
  }

  /// What a kind of registry has on from the start.
  private static Mode atFirst(Registry.Kind kind, PolicyName policy) {
    return switch (kind) {
      case STANDARD -> Mode.OFF;
      case FIREWALL ->
          switch (policy) {
            case MALWARE, VULNERABILITIES -> Mode.ENFORCE;
            case LICENCES -> Mode.OBSERVE;
            default -> Mode.OFF;
          };
    };
  }

  private ObjectNode settings(Registry registry, PolicyName policy) {
    List<ObjectNode> layers = new ArrayList<>();
    StoredPolicy inherited = inherited(registry, policy);
    StoredPolicy own = own(registry, policy);
    if (inherited != null) {
      layers.add(inherited.layer());
    }
    if (own != null) {
      layers.add(own.layer());
    }
    ObjectNode settings = Catalogue.settings(policy, layers);
    NamedLicences named = policy == PolicyName.LICENCES ? named(registry, settings) : null;
    if (named != null) {
      named.over(settings);
    }
    return settings;
  }

  private @Nullable NamedLicences named(Registry registry, ObjectNode settings) {
    String use = NamedLicences.referred(settings);
    return use == null ? null : licences.getOrDefault(registry.workspace().id(), Map.of()).get(use);
  }

  /// Deleting what is referred to is refused, but another program may have done it.
  private boolean refersToNothing(Registry registry, PolicyName policy, ObjectNode settings) {
    return policy == PolicyName.LICENCES
        && NamedLicences.referred(settings) != null
        && named(registry, settings) == null;
  }

  private @Nullable StoredPolicy own(Registry registry, PolicyName policy) {
    return registries.getOrDefault(registry.id(), Map.of()).get(policy);
  }

  private @Nullable StoredPolicy inherited(Registry registry, PolicyName policy) {
    return workspaces.getOrDefault(registry.workspace().id(), Map.of()).get(policy);
  }
}
