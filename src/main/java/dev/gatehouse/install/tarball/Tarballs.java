package dev.gatehouse.install.tarball;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.gatehouse.blob.Blobs;
import dev.gatehouse.http.Body;
import dev.gatehouse.http.Request;
import dev.gatehouse.http.RequestLog;
import dev.gatehouse.http.Response;
import dev.gatehouse.install.document.Ask;
import dev.gatehouse.install.document.Settling;
import dev.gatehouse.install.document.Stamps;
import dev.gatehouse.install.fact.Scrutiny;
import dev.gatehouse.install.tarball.Located.Outside;
import dev.gatehouse.install.tarball.Located.Stored;
import dev.gatehouse.install.tarball.Located.Unseen;
import dev.gatehouse.install.tarball.Locating.Sought;
import dev.gatehouse.install.view.Views;
import dev.gatehouse.npm.Integrity;
import dev.gatehouse.npm.PackageName;
import dev.gatehouse.npm.TarballName;
import dev.gatehouse.packages.CachedTarballs;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import dev.gatehouse.registries.Registry;
import dev.gatehouse.upstream.UpstreamClient;
import dev.gatehouse.upstream.health.Health;
import dev.gatehouse.upstream.source.Hops;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Serves tarballs: small ones in use from memory, others from the store by the kernel, or from an
/// upstream while they are stored.
public final class Tarballs {
  private static final int ANSWERS_HELD = 20_000;
  private static final int ETAG_LENGTH = 40;

  private final Stamps stamps;
  private final Clock clock;
  private final Scrutiny scrutiny;
  private final Locating locating;
  private final Downloads downloads;
  private final Cache<Key, Answer> answers =
      Caffeine.newBuilder().maximumSize(ANSWERS_HELD).build();

  private final SmallTarballs small = new SmallTarballs();

  record Key(long registryId, String name, String file) {}

  /// A finished answer, which holds while the name's stamp is `stamp`, `until` then.
  private record Answer(
      long stamp, long until, String etag, Response whole, Response notModified) {}

  /// What is wanted: the tarball called `file` of the package `name` in `registry`, whose URL the
  /// client knows as `base`.
  public record Asked(Registry registry, String base, String name, String file) {
    Key key() {
      return new Key(registry.id(), name, file);
    }
  }

  /// What tarballs are served from.
  public record Parts(
      Blobs blobs,
      Views views,
      CachedTarballs cached,
      Settling settling,
      Stamps stamps,
      UpstreamClient client,
      Health health,
      Scrutiny scrutiny) {}

  /// Serves from `parts`.
  public Tarballs(Parts parts, Clock clock) {
    this.stamps = parts.stamps();
    this.clock = clock;
    this.scrutiny = parts.scrutiny();
    this.downloads = new Downloads(parts, clock);
    this.locating = new Locating(parts, downloads);
  }

  /// The answer, if the tarball was served before and nothing has changed since; else null. Never
  /// blocks.
  public @Nullable Response warm(Request request, Asked asked) {
    Answer answer = answers.getIfPresent(asked.key());
    if (answer == null
        || answer.stamp() != stamps.of(asked.name())
        || (answer.until() != Long.MAX_VALUE && clock.millis() >= answer.until())) {
      return null;
    }
    request.log().outcome("hit");
    if (request.matches(answer.etag())) {
      return answer.notModified();
    }
    // Ranges are cut from files.
    Response held = request.header("range") == null ? small.find(answer.whole()) : null;
    return held == null ? answer.whole() : held;
  }

  /// The tarball. Not found if there is no such version, a problem of its own if it is withheld; an
  /// upstream's failure is never either.
  public Response get(Request request, Asked asked) {
    PackageName name = PackageName.parse(asked.name());
    String version = TarballName.versionIn(name, asked.file());
    if (version == null) {
      throw notFound(asked.name(), asked.file());
    }
    long stamp = stamps.of(asked.name());
    var ask = Ask.through(Hops.parse(request.header(Hops.HEADER)));
    var sought = new Sought(asked.registry(), name, version, asked.base());
    Located first = locating.find(sought, ask);
    boolean fetched = first instanceof Unseen(Outside _, var _);
    return switch (seen(first, sought, ask)) {
      case Stored stored -> {
        Answer answer = answer(stamp, stored);
        answers.put(asked.key(), answer);
        request.log().outcome(fetched ? RequestLog.MISS : "stored");
        yield request.matches(answer.etag()) ? answer.notModified() : answer.whole();
      }
      case Outside outside -> {
        request.log().outcome(RequestLog.MISS);
        yield fetch(request, outside, ask, kept -> answers.put(asked.key(), answer(stamp, kept)));
      }
      case Unseen _ -> throw unjudged(sought);
      case null -> throw notFound(asked.name(), asked.file());
    };
  }

  /// A tarball that is in the store, and whether it had to be fetched for that; `bytes` long.
  public record BroughtIn(boolean fetched, long bytes) {}

  /// Brings the tarball of a version into the store, if it is not there, and waits for it.
  public BroughtIn bringIn(Registry registry, String name, String version, Ask ask) {
    Sought sought = sought(registry, name, version);
    return switch (locate(sought, ask)) {
      case Stored(Path path, _, _) -> new BroughtIn(false, path.toFile().length());
      case Outside outside -> new BroughtIn(true, receive(outside, ask).length());
      case Unseen _ -> throw unjudged(sought);
      case null -> throw notFound(name, version);
    };
  }

  /// Where the tarball is, once every enforced policy has seen of it what it needs to see.
  private @Nullable Located locate(Sought sought, Ask ask) {
    return seen(locating.find(sought, ask), sought, ask);
  }

  private @Nullable Located seen(@Nullable Located found, Sought sought, Ask ask) {
    if (!(found instanceof Unseen(Located where, var provenance))) {
      return found;
    }
    Path file =
        where instanceof Outside outside ? receive(outside, ask).file() : ((Stored) where).path();
    String name = sought.name().value();
    scrutiny.inspect(
        new Scrutiny.Tarball(name, sought.version(), where.integrity().toString(), file));
    var _ = scrutiny.verify(provenance, ask);
    stamps.outdate(name);
    return locating.find(sought, ask);
  }

  /// Waits until all of it is in the store.
  private Download receive(Outside outside, Ask ask) {
    Download download = downloads.of(outside.wanted(), outside.registryIds(), ask.hops());
    Problem problem = download.awaitEnd();
    if (problem != null) {
      throw new ProblemException(problem);
    }
    return download;
  }

  /// A policy that asks for what nobody can find out: better nothing than something unjudged.
  private static ProblemException unjudged(Sought sought) {
    return new ProblemException(
        new Problem.Withheld(
            "%s@%s cannot be judged here yet, so it is withheld: see %s/-/why/%s@%s"
                .formatted(
                    sought.name(),
                    sought.version(),
                    sought.base(),
                    sought.name(),
                    sought.version())));
  }

  /// The file of a version that is in the store, or null.
  public @Nullable Path stored(Registry registry, String name, String version) {
    return locate(sought(registry, name, version), Ask.USUAL) instanceof Stored(Path path, _, _)
        ? path
        : null;
  }

  private static Sought sought(Registry registry, String name, String version) {
    return new Sought(registry, PackageName.parse(name), version, registry.path());
  }

  private static Answer answer(long stamp, Stored stored) {
    String etag = etag(stored.integrity());
    var headers = headers(etag);
    long size = stored.path().toFile().length();
    return new Answer(
        stamp,
        stored.until(),
        etag,
        new Response(200, headers, new Body.File(stored.path(), 0, size)),
        new Response(304, headers, new Body.Empty()));
  }

  /// Who has the bytes already is told so without fetching them: the tag comes from what the
  /// version declares. `kept` is told once the bytes are in the store: whoever asks next is
  /// answered without another look at the document, which may be large.
  private Response fetch(Request request, Outside outside, Ask ask, Consumer<Stored> kept) {
    String etag = etag(outside.integrity());
    if (request.matches(etag)) {
      return new Response(304, headers(etag), new Body.Empty());
    }
    Download download = downloads.of(outside.wanted(), outside.registryIds(), ask.hops());
    Problem problem = download.awaitStart();
    if (problem != null) {
      throw new ProblemException(problem);
    }
    return new Response(
        200,
        headers(etag),
        new Body.Stream(
            download.length(),
            out -> {
              download.copyTo(out);
              kept.accept(new Stored(download.file(), outside.integrity(), outside.until()));
            }));
  }

  private static Map<String, String> headers(String etag) {
    return Map.of(
        "content-type", "application/octet-stream",
        "etag", etag,
        "accept-ranges", "bytes",
        "cache-control", "private, no-cache");
  }

  /// From what the version declares: known before the first byte is, and the same on every node.
  private static String etag(Integrity integrity) {
    String hex = integrity.hashes().getFirst().hex();
    return '"' + hex.substring(0, Math.min(hex.length(), ETAG_LENGTH)) + '"';
  }

  private static ProblemException notFound(String name, String file) {
    return new ProblemException(
        new Problem.NotFound("There is no tarball %s of %s here.".formatted(file, name)));
  }
}
