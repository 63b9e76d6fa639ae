package dev.gatehouse.install;

import dev.gatehouse.http.Request;
import dev.gatehouse.http.RequestLog;
import dev.gatehouse.http.Response;
import dev.gatehouse.install.document.Ask;
import dev.gatehouse.install.document.Stamps;
import dev.gatehouse.install.judge.Refusals;
import dev.gatehouse.install.judge.Ruling;
import dev.gatehouse.install.view.Found;
import dev.gatehouse.install.view.Gathered;
import dev.gatehouse.install.view.Views;
import dev.gatehouse.npm.packument.PackumentRenderer;
import dev.gatehouse.npm.packument.PackumentView;
import dev.gatehouse.npm.packument.Rendition;
import dev.gatehouse.npm.packument.Selected;
import dev.gatehouse.npm.packument.Signatures;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import dev.gatehouse.registries.Registry;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Serves packuments. A warm one is a lookup: finished, compressed bytes that hold until a stamp or
/// a document's age says otherwise. Everything else gathers the package's versions and renders
/// them.
public final class Packuments {
  /// How long an answer serves that an upstream's failure casts doubt on, in milliseconds.
  private static final long DOUBTFUL = 5_000;

  private static final int MOST_EVICTIONS = 5;

  private final Views views;
  private final Stamps stamps;
  private final Clock clock;
  private final RenderedAnswers answers;
  private final Ahead ahead;
  private final List<BiConsumer<Registry, Found.Versions>> listeners = new CopyOnWriteArrayList<>();

  /// Serves what `views` find, and lets `ahead` fetch what their tags name.
  public Packuments(Views views, Stamps stamps, Clock clock, int megabytes, Ahead ahead) {
    this.views = views;
    this.stamps = stamps;
    this.clock = clock;
    this.answers = new RenderedAnswers(megabytes);
    this.ahead = ahead;
  }

  /// Tells `listener` of what a document is made of, each time. It must not wait.
  public void onRendered(BiConsumer<Registry, Found.Versions> listener) {
    listeners.add(listener);
  }

  /// Where a packument is wanted: in which registry, under which name, addressed by which URL.
  public record Wanted(Registry registry, String name, String base) {}

  /// The answer, if it is in memory and holds; else null. Never blocks.
  public @Nullable Response warm(Request request, Wanted wanted) {
    Ask.Demand demand = demand(request);
    if (demand == Ask.Demand.NEWEST) {
      return null;
    }
    Encoding asked = Encoding.of(request.header("accept-encoding"));
    RenderKey key = key(wanted, Form.of(request.header("accept")), asked);
    Rendered rendered = answers.find(key);
    if (rendered == null || !rendered.holds(stamps.of(wanted.name()), demand, clock.millis())) {
      return null;
    }
    request.log().outcome("hit");
    Response response = respond(request, asked, rendered);
    if (response != null && response.status() == 200) {
      answers.used(key, rendered);
    }
    return response;
  }

  /// The packument, after asking whomever the request demands. Not found if every source said so.
  public Response get(Request request, Wanted wanted, Ask ask) {
    boolean write = isWrite(request);
    Form form = write ? Form.FULL : Form.of(request.header("accept"));
    Encoding asked = Encoding.of(request.header("accept-encoding"));
    RenderKey key = key(wanted, form, asked);
    long stamp = stamps.of(wanted.name());
    Ask demanding = ask.atLeast(demand(request));
    for (int attempt = 0; ; attempt++) {
      Gathered gathered = views.gather(wanted.registry(), wanted.name(), demanding);
      Response response = respond(request, asked, rendered(key, stamp, gathered, wanted));
      if (response != null || attempt > MOST_EVICTIONS) {
        note(request, gathered.waited());
        return Objects.requireNonNull(response, "evicted while it was answered, again and again");
      }
    }
  }

  private static void note(Request request, boolean waited) {
    request.log().outcome(waited ? RequestLog.MISS : "rendered");
  }

  /// The document of one version, named by its number or by a tag.
  public Response version(Request request, Wanted wanted, String selector, Ask ask) {
    Looked first = look(wanted, selector, ask);
    Looked last =
        first.json() == null && first.known() && !ask.newest()
            ? look(wanted, selector, ask.asNewest())
            : first;
    note(request, first.waited() || last.waited());
    if (last.json() == null) {
      throw new ProblemException(
          last.doubt() != null
              ? last.doubt()
              : new Problem.NotFound(
                  "There is no version or tag %s of %s here.".formatted(selector, wanted.name())));
    }
    return Response.bytes(200, "application/json", last.json())
        .with("cache-control", "private, no-cache");
  }

  /// What came of looking for a version once.
  ///
  /// @param waited whether an upstream was waited for
  /// @param known whether there is such a package at all
  /// @param doubt why the version may exist although it was not seen, or null
  @SuppressWarnings("ArrayRecordComponent")
  private record Looked(
      byte @Nullable [] json,
      boolean waited,
      boolean known,
      Problem.@Nullable UpstreamFailed doubt) {}

  private Looked look(Wanted wanted, String selector, Ask ask) {
    Gathered gathered = views.gather(wanted.registry(), wanted.name(), ask);
    boolean waited = gathered.waited();
    return views.open(
        gathered,
        found ->
            switch (found) {
              case Found.Nothing _ -> new Looked(null, waited, false, null);
              case Found.Unknown(Problem.UpstreamFailed problem) ->
                  new Looked(null, waited, false, problem);
              case Found.Versions versions -> {
                Selected version = select(versions, selector, wanted);
                yield new Looked(
                    version == null ? null : document(versions, version, wanted),
                    waited,
                    true,
                    versions.doubt());
              }
            });
  }

  private static byte[] document(Found.Versions versions, Selected version, Wanted wanted) {
    Signatures signatures = versions.signatures(List.of(version));
    return PackumentRenderer.version(version, new Rendition(wanted.base(), signatures));
  }

  /// Tags name served versions only; a number may name one that is withheld.
  private static @Nullable Selected select(
      Found.Versions versions, String selector, Wanted wanted) {
    Selected exact = versions.all().candidate(selector);
    if (exact != null) {
      Ruling ruling = versions.ruling(exact);
      if (!ruling.isServed()) {
        throw new ProblemException(
            Refusals.of(wanted.base(), wanted.name(), exact.version(), ruling));
      }
      return exact;
    }
    String tagged = versions.view().tags().get(selector);
    return tagged == null ? null : versions.version(tagged);
  }

  /// The finished answer: the one that is held if it still says what is true, without reading any
  /// document; else a new one.
  private Rendered rendered(RenderKey key, long stamp, Gathered gathered, Wanted wanted) {
    long expires = gathered.doubt() == null ? Long.MAX_VALUE : clock.millis() + DOUBTFUL;
    var basis =
        new RenderedAnswers.Basis(stamp, gathered.inputs(), expires, warning(gathered.doubt()));
    var source = new RenderedAnswers.Source(gathered.identity(), gathered.rules());
    Rendered held =
        gathered.failure() == null ? answers.renew(key, source, basis, clock.millis()) : null;
    return held != null
        ? held
        : views.open(
            gathered,
            found ->
                switch (found) {
                  case Found.Nothing _ -> throw notFound(wanted);
                  case Found.Unknown(Problem.UpstreamFailed problem) ->
                      throw new ProblemException(problem);
                  case Found.Versions versions -> rendered(key, source, basis, versions, wanted);
                });
  }

  private Rendered rendered(
      RenderKey key,
      RenderedAnswers.Source source,
      RenderedAnswers.Basis basis,
      Found.Versions versions,
      Wanted wanted) {
    listeners.forEach(one -> one.accept(wanted.registry(), versions));
    if (versions.view().versions().isEmpty()) {
      // Or it would be renewed later, without looking at a version again.
      answers.drop(key);
    }
    PackumentView view = shown(versions, wanted);
    ahead.fetch(wanted.registry(), versions);
    // While there was no room for the documents, somebody else may have made it.
    Rendered held = answers.renew(key, source, basis, clock.millis());
    return held != null
        ? held
        : answers.render(
            key,
            source,
            Rendered.Judged.of(source.rules(), view, versions.rulings().changesAt()),
            basis,
            out -> {
              var rendition = new Rendition(key.base(), versions.signatures(view.versions()));
              switch (key.form()) {
                case FULL -> PackumentRenderer.full(view, rendition, out);
                case ABBREVIATED -> PackumentRenderer.abbreviated(view, rendition, out);
              }
            });
  }

  /// What is served, with what is told of the rest; a problem if that is nothing.
  private static PackumentView shown(Found.Versions versions, Wanted wanted) {
    PackumentView view = versions.view();
    Map<Selected, Ruling> withheld = versions.rulings().withheld();
    if (view.versions().isEmpty()) {
      if (versions.doubt() != null) {
        throw new ProblemException(versions.doubt());
      }
      throw withheld.isEmpty()
          ? notFound(wanted)
          : new ProblemException(Refusals.ofAll(wanted.base(), wanted.name(), withheld));
    }
    return withheld.isEmpty()
        ? view
        : view.restrictedBy(Refusals.restrictions(wanted.base(), wanted.name(), withheld));
  }

  /// The answer to `request`, or null if its bytes were evicted this moment.
  private static @Nullable Response respond(Request request, Encoding asked, Rendered rendered) {
    if (asked == Encoding.IDENTITY) {
      return Inflated.of(request, rendered);
    }
    return request.matches(rendered.etag()) ? rendered.notModified() : rendered.whole();
  }

  /// Told to clients when an upstream failed and what is served may be old: npm passes it on to
  /// people (RFC 7234, 5.5.2).
  private @Nullable String warning(Problem.@Nullable UpstreamFailed doubt) {
    return doubt == null
        ? null
        : "111 gatehouse \"Revalidation Failed\" \"%s\""
            .formatted(
                DateTimeFormatter.RFC_1123_DATE_TIME.format(
                    clock.instant().atOffset(ZoneOffset.UTC)));
  }

  /// A client that asks whether its copy is still the newest is content with what an upstream has
  /// said a moment ago. One that has none, and asks for the newest nevertheless, is not.
  private static Ask.Demand demand(Request request) {
    if (isWrite(request)) {
      return Ask.Demand.NEWEST;
    }
    String control = request.header("cache-control");
    if (control == null || !control.contains("no-cache")) {
      return Ask.Demand.FRESH;
    }
    return request.header("if-none-match") != null || request.header("if-modified-since") != null
        ? Ask.Demand.CONFIRMED
        : Ask.Demand.NEWEST;
  }

  private static boolean isWrite(Request request) {
    return "true".equals(request.query("write"));
  }

  /// Nothing is held uncompressed.
  private static RenderKey key(Wanted wanted, Form form, Encoding asked) {
    Encoding held = asked == Encoding.IDENTITY ? Encoding.GZIP : asked;
    return new RenderKey(wanted.registry().id(), wanted.name(), form, held, wanted.base());
  }

  private static ProblemException notFound(Wanted wanted) {
    return new ProblemException(
        new Problem.NotFound(
            "There is no package %s in the registry \"%s\"."
                .formatted(wanted.name(), wanted.registry().name())));
  }
}
