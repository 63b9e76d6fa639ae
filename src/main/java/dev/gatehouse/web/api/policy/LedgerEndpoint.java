package dev.gatehouse.web.api.policy;

import dev.gatehouse.access.account.Right;
import dev.gatehouse.http.Request;
import dev.gatehouse.http.Response;
import dev.gatehouse.install.document.Ask;
import dev.gatehouse.install.ledger.Ledger;
import dev.gatehouse.install.ledger.Ledgers;
import dev.gatehouse.install.ledger.WithheldLately;
import dev.gatehouse.npm.PackageName;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import dev.gatehouse.registries.Registry;
import dev.gatehouse.web.api.Answer;
import dev.gatehouse.web.api.ApiBody;
import dev.gatehouse.web.api.Page;
import dev.gatehouse.web.api.Visitors;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// `GET registries/{registry}/withheld/{name}`: what becomes of every version of a package; and
/// `GET registries/{registry}/withheld`: what the registry began to withhold lately.
public record LedgerEndpoint(
    Visitors visitors, Ledgers ledgers, WithheldLately lately, Clock clock) {
  private static final int MOST_HOURS = 720;

  /// @param policy which policy withheld it first
  /// @param ended when it was served again; null if it is withheld still
  record SinceView(
      String name,
      String version,
      String verdict,
      String policy,
      String sentence,
      @Nullable String since,
      @Nullable String ended) {

    static SinceView of(WithheldLately.Since one) {
      return new SinceView(
          one.name(),
          one.version(),
          one.verdict(),
          one.policy(),
          one.sentence(),
          Answer.text(one.since()),
          Answer.text(one.ended()));
    }
  }

  /// What began within so many hours, by name and version.
  public Response lately(Request request) {
    Registry registry = visitors.at(request, Right.READ).registry();
    Page.Wanted wanted = Page.Wanted.of(request);
    Instant since = clock.instant().minus(Duration.ofHours(hours(request.query("hours"))));
    List<WithheldLately.Since> found =
        lately.list(registry.id(), since, after(wanted.after()), wanted.limit() + 1);
    List<WithheldLately.Since> shown = found.subList(0, Math.min(wanted.limit(), found.size()));
    WithheldLately.Since last = found.size() > shown.size() ? shown.getLast() : null;
    return Answer.of(
        200,
        new Page<>(
            shown.stream().map(SinceView::of).toList(),
            last == null ? null : Page.cursor(last.name() + "\n" + last.version()),
            lately.counts(List.of(registry.id()), since).getOrDefault(registry.id(), 0)));
  }

  private static int hours(@Nullable String text) {
    String given = Objects.requireNonNullElse(text, "24");
    if (!given.matches("[1-9]\\d{0,2}") || Integer.parseInt(given) > MOST_HOURS) {
      throw ApiBody.malformed("\"hours\" is a number from 1 to %d.".formatted(MOST_HOURS));
    }
    return Integer.parseInt(given);
  }

  private static WithheldLately.After after(@Nullable String key) {
    if (key == null) {
      return WithheldLately.After.NOTHING;
    }
    String[] parts = key.replace("\0", "").split("\n", 2);
    return new WithheldLately.After(parts[0], parts.length < 2 ? "" : parts[1]);
  }

  /// The ledger of one package.
  public Response show(Request request) {
    Registry registry = visitors.at(request, Right.READ).registry();
    String name = PackageName.parse(request.variable("name")).value();
    Ledger ledger = ledgers.of(registry, name, Ask.USUAL);
    if (ledger == null) {
      throw new ProblemException(
          new Problem.NotFound(
              "There is no package \"%s\" in the registry \"%s\"."
                  .formatted(name, registry.name())));
    }
    return Answer.of(200, ledger);
  }
}
