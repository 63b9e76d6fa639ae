package dev.gatehouse.web.api.policy;

import dev.gatehouse.access.account.Right;
import dev.gatehouse.http.Request;
import dev.gatehouse.http.Response;
import dev.gatehouse.install.document.Ask;
import dev.gatehouse.install.dryrun.DryRun;
import dev.gatehouse.install.dryrun.DryRun.Asked;
import dev.gatehouse.install.dryrun.Effect;
import dev.gatehouse.install.dryrun.Fate;
import dev.gatehouse.install.ledger.Ledger;
import dev.gatehouse.packages.download.Downloads;
import dev.gatehouse.policy.Mode;
import dev.gatehouse.policy.PolicyName;
import dev.gatehouse.policy.judge.Rules;
import dev.gatehouse.policy.store.Draft;
import dev.gatehouse.policy.store.Policies;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import dev.gatehouse.problem.Room;
import dev.gatehouse.registries.Registry;
import dev.gatehouse.web.JsonBody;
import dev.gatehouse.web.api.Answer;
import dev.gatehouse.web.api.ApiBody;
import dev.gatehouse.web.api.Visitors;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// `POST registries/{registry}/policies/{policy}/dryrun`: what a policy would break, if it were set
/// like that, of what was fetched lately. Nothing is changed, and no upstream is asked.
public final class DryRunEndpoint {
  private static final int AT_ONCE = 2;
  private static final int MOST_TRIED = 20_000;
  private static final int MOST_TOLD = 500;
  private static final long DAYS = 30;
  private static final long MOST_DAYS = 365;

  private final Visitors visitors;
  private final Parts parts;
  private final Room room =
      new Room(
          AT_ONCE, "Other policies are being tried. Try again in a moment.", Duration.ofSeconds(2));

  /// What it is tried with.
  public record Parts(Policies policies, DryRun dryRun, Downloads downloads, Clock clock) {}

  /// Tries on what `parts` know.
  public DryRunEndpoint(Visitors visitors, Parts parts) {
    this.visitors = visitors;
    this.parts = parts;
  }

  /// What would become of what was fetched.
  ///
  /// @param tried how many versions
  /// @param all whether those are all that were fetched
  /// @param counts by effect; every effect is named
  /// @param versions those that the draft makes a difference to, or that cannot be told: the first
  ///   ones by name
  record Outcome(int tried, boolean all, Map<String, Integer> counts, List<Version> versions) {}

  /// @param instead what clients would take instead, for the same major version
  record Version(
      String name,
      String version,
      String effect,
      List<Ledger.Cause> reasons,
      List<String> instead,
      @Nullable String told) {

    static Version of(Fate fate) {
      return new Version(
          fate.name(),
          fate.version(),
          fate.effect().word(),
          fate.reasons(),
          fate.instead(),
          fate.told());
    }
  }

  /// Tries the policy.
  public Response run(Request request) throws IOException {
    Registry registry = visitors.at(request, Right.MANAGE_REGISTRIES).registry();
    JsonBody body = ApiBody.read(request, "mode", "settings", "days");
    PolicyName policy = PolicyName.parse(request.variable("policy"));
    if (policy == null) {
      throw new ProblemException(
          new Problem.NotFound("There is no such policy: list them to see."));
    }
    Mode mode = ApiBody.choice(Mode.class, "mode", body.requireText("mode"));
    long days = Objects.requireNonNullElse(body.number("days"), DAYS);
    if (days < 1 || days > MOST_DAYS) {
      throw ApiBody.malformed("\"days\" is a number from 1 to %d.".formatted(MOST_DAYS));
    }
    Rules draft =
        parts.policies.draft(registry, List.of(new Draft(policy, mode, body.tree("settings"))));
    return room.with(
        () -> Answer.of(200, outcome(new DryRun.Trial(registry, draft, Ask.STORED), days)));
  }

  private Outcome outcome(DryRun.Trial trial, long days) {
    List<Asked> asked = new ArrayList<>();
    boolean[] more = {false};
    parts.downloads.asked(
        trial.registry().id(),
        parts.clock.instant().minus(Duration.ofDays(days)),
        (name, version) -> {
          if (asked.size() < MOST_TRIED) {
            asked.add(new Asked(name, version));
          } else {
            more[0] = true;
          }
        });
    Map<String, Integer> counts = new LinkedHashMap<>();
    for (Effect effect : Effect.values()) {
      counts.put(effect.word(), 0);
    }
    List<Version> versions = new ArrayList<>();
    parts
        .dryRun
        .run(trial, asked)
        .forEach(fate -> {
          counts.merge(fate.effect().word(), 1, Integer::sum);
          boolean same = fate.effect() == Effect.SERVED || fate.effect() == Effect.WITHHELD;
          if (!same && versions.size() < MOST_TOLD) {
            versions.add(Version.of(fate));
          }
        });
    return new Outcome(asked.size(), !more[0], counts, versions);
  }
}
