package dev.gatehouse.cost;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.install.view.Found;
import dev.gatehouse.npm.packument.Documents;
import dev.gatehouse.policy.Finding;
import dev.gatehouse.policy.Mode;
import dev.gatehouse.policy.PolicyName;
import dev.gatehouse.policy.decision.Decisions;
import dev.gatehouse.policy.fact.FactKind;
import dev.gatehouse.policy.fact.Facts;
import dev.gatehouse.policy.judge.Judge;
import dev.gatehouse.policy.judge.Rule;
import dev.gatehouse.policy.judge.Rules;
import dev.gatehouse.policy.rule.Policy;
import dev.gatehouse.testing.TestingFeed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// All versions of a package before ten policies: what the judge alone takes, what finding the
/// facts takes, and both together as they are done for a document.
final class JudgeCost {
  private static final int ROUNDS = 120;
  private static final int COUNTED = 41;

  private final Ground ground;
  private final Rules rules;

  /// Is shown the facts that ten policies need, and keeps them.
  private record Witness(Set<FactKind> needs, List<Facts> seen) implements Policy {
    @Override
    public PolicyName name() {
      return PolicyName.CUSTOM;
    }

    @Override
    public Finding check(Facts facts, Instant now) {
      seen.add(facts);
      return Finding.PASSED;
    }
  }

  private JudgeCost(Ground ground) {
    this.ground = ground;
    this.rules = ground.server.services().policies().rules(ground.server.registry());
  }

  /// A made package of 2,000 versions, and real ones.
  static void run() throws IOException {
    try (var ground = new Ground()) {
      ground.put("pad", 2_000, 50);
      List<String> names = new ArrayList<>(List.of("pad"));
      for (Path file : Documents.recorded()) {
        byte[] json = Documents.read(file);
        JsonNode document = Documents.tree(json);
        if (document.path("versions").size() >= 400) {
          ground.server.upstream().put(document.path("name").asText(), json);
          names.add(document.path("name").asText());
        }
      }
      Path feed = new TestingFeed().malware("MAL-1", "evil", "\"1.0.0\"").zip(directory());
      ground.take(feed);
      Files.delete(feed);
      ground.ten("default", Mode.ENFORCE);
      var cost = new JudgeCost(ground);
      names.forEach(cost::measure);
    }
  }

  private static Path directory() throws IOException {
    return Files.createTempDirectory("judge");
  }

  private void measure(String name) {
    double[] judging = new double[ROUNDS];
    double[] finding = new double[ROUNDS];
    double[] both = new double[ROUNDS];
    long registry = ground.server.registry().id();
    int withheld = 0;
    int versions = 0;
    for (int round = 0; round < ROUNDS; round++) {
      var witness = new Witness(rules.needs(), new ArrayList<>());
      var keeping = new Rules(List.of(new Rule(witness, Mode.ENFORCE, "")), Decisions.NONE);
      Found.Versions found = ground.find(name);
      long before = Meter.thread();
      found.rulings().under(registry, keeping).withheld();
      finding[round] = Meter.thread() - before;
      judging[round] = judge(witness.seen());
      Found.Versions fresh = ground.find(name);
      before = Meter.thread();
      withheld = fresh.rulings().withheld().size();
      both[round] = Meter.thread() - before;
      versions = fresh.all().candidates().size();
    }
    Meter.say(
        "judge: %s, %,d versions, ten policies, %,d withheld: the judge alone %.2f ms, finding the"
            + " facts %.2f ms, both as for a document %.2f ms (at first %.0f ms)",
        name,
        versions,
        withheld,
        Meter.median(judging, COUNTED) / 1e6,
        Meter.median(finding, COUNTED) / 1e6,
        Meter.median(both, COUNTED) / 1e6,
        both[0] / 1e6);
  }

  private double judge(List<Facts> known) {
    Instant now = Instant.parse("2026-11-22T12:00:00Z");
    long withheld = 0;
    long before = Meter.thread();
    for (Facts facts : known) {
      withheld += Judge.judge(rules, facts, now).verdict().withholds() ? 1 : 0;
    }
    long took = Meter.thread() - before;
    if (withheld > known.size()) {
      throw new IllegalStateException();
    }
    return took;
  }
}
