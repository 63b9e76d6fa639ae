package dev.gatehouse.install;

import dev.gatehouse.http.Body;
import dev.gatehouse.http.Request;
import dev.gatehouse.http.Response;
import dev.gatehouse.install.document.Ask;
import dev.gatehouse.install.document.Stamps;
import dev.gatehouse.install.view.Found;
import dev.gatehouse.install.view.Views;
import dev.gatehouse.npm.packument.PackumentRenderer;
import dev.gatehouse.npm.packument.Selected;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import dev.gatehouse.registries.Registry;
import java.io.ByteArrayInputStream;
import java.time.Clock;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/// Serves packuments. A warm one is a lookup: finished, compressed bytes that hold until a stamp or
/// a document's age says otherwise. Everything else gathers the package's versions and renders
/// them.
public final class Packuments {
  private static final long PARTIAL_MILLISECONDS = 10_000;

  private final Views views;
  private final Stamps stamps;
  private final Clock clock;
  private final RenderedAnswers answers;

  /// Serves what `views` find.
  public Packuments(Views views, Stamps stamps, Clock clock, int megabytes) {
    this.views = views;
    this.stamps = stamps;
    this.clock = clock;
    this.answers = new RenderedAnswers(megabytes);
  }

  /// Where a packument is wanted: in which registry, under which name, addressed by which URL.
  public record Wanted(Registry registry, String name, String base) {}

  /// The answer, if it is in memory and holds; else null. Never blocks.
  public @Nullable Response warm(Request request, Wanted wanted) {
    Encoding encoding = Encoding.of(request.header("accept-encoding"));
    if (encoding == Encoding.IDENTITY || asksForNewest(request)) {
      return null;
    }
    RenderKey key = key(wanted, Form.of(request.header("accept")), encoding);
    Rendered rendered = answers.find(key);
    if (rendered == null || !rendered.holds(stamps.of(wanted.name()), clock.millis())) {
      return null;
    }
    request.log().outcome("hit");
    if (request.matches(rendered.etag())) {
      return rendered.notModified();
    }
    answers.used(key, rendered);
    return rendered.whole();
  }

  /// The packument, after asking whomever the request demands. Not found if every source said so.
  public Response get(Request request, Wanted wanted, Ask ask) {
    boolean newest = ask.newest() || asksForNewest(request);
    boolean write = "true".equals(request.query("write"));
    Form form = write ? Form.FULL : Form.of(request.header("accept"));
    Encoding asked = Encoding.of(request.header("accept-encoding"));
    Encoding held = asked == Encoding.IDENTITY ? Encoding.GZIP : asked;
    RenderKey key = key(wanted, form, held);
    long stamp = stamps.of(wanted.name());
    Found found = views.find(wanted.registry(), wanted.name(), newest ? ask.asNewest() : ask);
    return switch (found) {
      case Found.Nothing _ -> throw notFound(wanted);
      case Found.Unknown(Problem.UpstreamFailed problem) -> throw new ProblemException(problem);
      case Found.Versions versions -> {
        if (versions.view().versions().isEmpty()) {
          throw notFound(wanted);
        }
        Rendered rendered = rendered(key, stamp, versions);
        request.log().outcome("rendered");
        yield asked == Encoding.IDENTITY
            ? inflated(request, rendered)
            : request.matches(rendered.etag()) ? rendered.notModified() : rendered.whole();
      }
    };
  }

  /// The document of one version, named by its number or by a tag.
  public Response version(Wanted wanted, String selector, Ask ask) {
    Found found = views.find(wanted.registry(), wanted.name(), ask);
    Selected version = select(found, selector);
    if (version == null && !ask.newest()) {
      version = select(views.find(wanted.registry(), wanted.name(), ask.asNewest()), selector);
    }
    if (version == null) {
      throw new ProblemException(
          new Problem.NotFound(
              "There is no version or tag %s of %s here.".formatted(selector, wanted.name())));
    }
    byte[] json = PackumentRenderer.version(version, wanted.base());
    return Response.bytes(200, "application/json", json).with("cache-control", "private, no-cache");
  }

  private static @Nullable Selected select(Found found, String selector) {
    return switch (found) {
      case Found.Nothing _ -> null;
      case Found.Unknown(Problem.UpstreamFailed problem) -> throw new ProblemException(problem);
      case Found.Versions versions -> {
        Selected exact = versions.version(selector);
        String tagged = versions.view().tags().get(selector);
        yield exact != null || tagged == null ? exact : versions.version(tagged);
      }
    };
  }

  private Rendered rendered(RenderKey key, long stamp, Found.Versions versions) {
    long expires = versions.partial() ? clock.millis() + PARTIAL_MILLISECONDS : Long.MAX_VALUE;
    String etag = answers.etag(key, versions.identity());
    Rendered held = answers.find(key);
    if (held != null && held.etag().equals(etag)) {
      return answers.renew(key, held, new RenderedAnswers.Basis(stamp, versions.inputs(), expires));
    }
    return answers.render(
        key,
        etag,
        new RenderedAnswers.Basis(stamp, versions.inputs(), expires),
        out -> {
          switch (key.form()) {
            case FULL -> PackumentRenderer.full(versions.view(), key.base(), out);
            case ABBREVIATED -> PackumentRenderer.abbreviated(versions.view(), key.base(), out);
          }
        });
  }

  private static Response inflated(Request request, Rendered rendered) {
    String etag = rendered.etag().replace("-g\"", "-i\"");
    if (request.matches(etag)) {
      return rendered.notModified().with("etag", etag);
    }
    byte[] compressed = rendered.content().bytes();
    var body =
        new Body.Stream(
            rendered.length(),
            out -> {
              try (var in = new GZIPInputStream(new ByteArrayInputStream(compressed))) {
                in.transferTo(out);
              }
            });
    var headers = new java.util.HashMap<>(rendered.whole().headers());
    headers.remove("content-encoding");
    headers.put("etag", etag);
    return new Response(200, headers, body);
  }

  private static boolean asksForNewest(Request request) {
    String control = request.header("cache-control");
    return (control != null && control.contains("no-cache"))
        || "true".equals(request.query("write"));
  }

  private static RenderKey key(Wanted wanted, Form form, Encoding encoding) {
    return new RenderKey(wanted.registry().id(), wanted.name(), form, encoding, wanted.base());
  }

  private static ProblemException notFound(Wanted wanted) {
    return new ProblemException(
        new Problem.NotFound(
            "There is no package %s in the registry \"%s\"."
                .formatted(wanted.name(), wanted.registry().name())));
  }
}
