package dev.gatehouse.install.tarball;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.gatehouse.blob.Blobs;
import dev.gatehouse.http.Body;
import dev.gatehouse.http.Request;
import dev.gatehouse.http.Response;
import dev.gatehouse.install.document.Ask;
import dev.gatehouse.install.document.Settling;
import dev.gatehouse.install.document.Stamps;
import dev.gatehouse.install.tarball.Located.Outside;
import dev.gatehouse.install.tarball.Located.Stored;
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
import dev.gatehouse.upstream.source.Hops;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Serves tarballs: from the store by the kernel, or from an upstream while they are stored.
public final class Tarballs {
  private static final int ANSWERS_HELD = 20_000;
  private static final int ETAG_LENGTH = 40;

  private final Stamps stamps;
  private final Locating locating;
  private final Downloads downloads;
  private final Cache<Key, Answer> answers =
      Caffeine.newBuilder().maximumSize(ANSWERS_HELD).build();

  private record Key(long registryId, String name, String file) {}

  /// A finished answer, which holds while the name's stamp is `stamp`.
  private record Answer(long stamp, String etag, Response whole, Response notModified) {}

  /// What tarballs are served from.
  public record Parts(
      Blobs blobs,
      Views views,
      CachedTarballs cached,
      Settling settling,
      Stamps stamps,
      UpstreamClient client) {}

  /// Serves from `parts`.
  public Tarballs(Parts parts, Clock clock) {
    this.stamps = parts.stamps();
    this.downloads = new Downloads(parts.client(), parts.blobs(), parts.settling(), clock);
    this.locating = new Locating(parts, downloads);
  }

  /// The answer, if the tarball was served before and nothing has changed since; else null. Never
  /// blocks.
  public @Nullable Response warm(Request request, Registry registry, String name, String file) {
    Answer answer = answers.getIfPresent(new Key(registry.id(), name, file));
    if (answer == null || answer.stamp() != stamps.of(name)) {
      return null;
    }
    request.log().outcome("hit");
    return request.matches(answer.etag()) ? answer.notModified() : answer.whole();
  }

  /// The tarball called `file` of `name`. Not found if the registry does not serve that version; an
  /// upstream's failure is never that.
  public Response get(Request request, Registry registry, String name, String file) {
    PackageName packageName = PackageName.parse(name);
    String version = TarballName.versionIn(packageName, file);
    if (version == null) {
      throw notFound(name, file);
    }
    long stamp = stamps.of(name);
    var ask = Ask.through(Hops.parse(request.header(Hops.HEADER)));
    return switch (locating.find(new Sought(registry, packageName, version), ask)) {
      case Stored stored -> {
        Answer answer = answer(stamp, stored);
        answers.put(new Key(registry.id(), name, file), answer);
        request.log().outcome("stored");
        yield request.matches(answer.etag()) ? answer.notModified() : answer.whole();
      }
      case Outside outside -> {
        request.log().outcome("miss");
        yield fetch(request, outside, ask);
      }
      case null -> throw notFound(name, file);
    };
  }

  /// A tarball that is in the store, and whether it had to be fetched for that; `bytes` long.
  public record BroughtIn(boolean fetched, long bytes) {}

  /// Brings the tarball of a version into the store, if it is not there, and waits for it.
  public BroughtIn bringIn(Registry registry, String name, String version, Ask ask) {
    return switch (locating.find(new Sought(registry, PackageName.parse(name), version), ask)) {
      case Stored(Path path, _) -> new BroughtIn(false, path.toFile().length());
      case Outside(Wanted wanted, var registryIds) -> {
        Download download = downloads.of(wanted, registryIds, ask.hops());
        Problem problem = download.awaitEnd();
        if (problem != null) {
          throw new ProblemException(problem);
        }
        yield new BroughtIn(true, download.length());
      }
      case null -> throw notFound(name, version);
    };
  }

  /// The file of a version that is in the store, or null.
  public @Nullable Path stored(Registry registry, String name, String version) {
    var sought = new Sought(registry, PackageName.parse(name), version);
    return locating.find(sought, Ask.USUAL) instanceof Stored(Path path, _) ? path : null;
  }

  private static Answer answer(long stamp, Stored stored) {
    String etag = etag(stored.integrity());
    var headers = headers(etag);
    long size = stored.path().toFile().length();
    return new Answer(
        stamp,
        etag,
        new Response(200, headers, new Body.File(stored.path(), 0, size)),
        new Response(304, headers, new Body.Empty()));
  }

  /// Who has the bytes already is told so without fetching them: the tag comes from what the
  /// version declares.
  private Response fetch(Request request, Outside outside, Ask ask) {
    String etag = etag(outside.integrity());
    if (request.matches(etag)) {
      return new Response(304, headers(etag), new Body.Empty());
    }
    Download download = downloads.of(outside.wanted(), outside.registryIds(), ask.hops());
    Problem problem = download.awaitStart();
    if (problem != null) {
      throw new ProblemException(problem);
    }
    return new Response(200, headers(etag), new Body.Stream(download.length(), download::copyTo));
  }

  private static Map<String, String> headers(String etag) {
    return Map.of(
        "content-type", "application/octet-stream",
        "etag", etag,
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
