package dev.gatehouse.install.tarball;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.gatehouse.blob.Blobs;
import dev.gatehouse.http.Body;
import dev.gatehouse.http.Request;
import dev.gatehouse.http.Response;
import dev.gatehouse.install.document.Ask;
import dev.gatehouse.install.document.Origin;
import dev.gatehouse.install.document.Settling;
import dev.gatehouse.install.document.Stamps;
import dev.gatehouse.install.view.Found;
import dev.gatehouse.install.view.Views;
import dev.gatehouse.npm.Hash;
import dev.gatehouse.npm.Hash.Algorithm;
import dev.gatehouse.npm.Integrity;
import dev.gatehouse.npm.PackageName;
import dev.gatehouse.npm.TarballName;
import dev.gatehouse.npm.packument.Part;
import dev.gatehouse.npm.packument.Selected;
import dev.gatehouse.packages.CachedTarballs;
import dev.gatehouse.packages.CachedTarballs.CachedTarball;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import dev.gatehouse.registries.Registry;
import dev.gatehouse.upstream.UpstreamClient;
import dev.gatehouse.upstream.source.Hops;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Serves tarballs: from the store by the kernel, or from an upstream while they are stored. Every
/// way leads through the registry's view of the package, so a tarball is served exactly if its
/// version is.
public final class Tarballs {
  private static final int ANSWERS_HELD = 20_000;
  private static final int ETAG_LENGTH = 40;

  private final Blobs blobs;
  private final Views views;
  private final CachedTarballs cached;
  private final Settling settling;
  private final Stamps stamps;
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
    this.blobs = parts.blobs();
    this.views = parts.views();
    this.cached = parts.cached();
    this.settling = parts.settling();
    this.stamps = parts.stamps();
    this.downloads = new Downloads(parts.client(), parts.blobs(), parts.settling(), clock);
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
    var sought = new Sought(registry, name, version);
    var ask = new Ask(false, Hops.parse(request.header(Hops.HEADER)));
    Located located = locate(sought, ask);
    if (located == null) {
      located = locate(sought, ask.asNewest());
    }
    if (located == null) {
      throw notFound(name, file);
    }
    return switch (located) {
      case Stored stored -> {
        Answer answer = answer(stamp, stored);
        answers.put(new Key(registry.id(), name, file), answer);
        request.log().outcome("stored");
        yield request.matches(answer.etag()) ? answer.notModified() : answer.whole();
      }
      case Outside(Wanted wanted) -> {
        request.log().outcome("miss");
        yield fetch(wanted, ask);
      }
    };
  }

  /// A tarball that is in the store, and whether it had to be fetched for that; `bytes` long.
  public record BroughtIn(boolean fetched, long bytes) {}

  /// Brings the tarball of a version into the store, if it is not there, and waits for it.
  public BroughtIn bringIn(Registry registry, String name, String version, Ask ask) {
    Located located = locate(new Sought(registry, name, version), ask);
    if (located == null) {
      throw notFound(name, version);
    }
    return switch (located) {
      case Stored(Path path, _) -> new BroughtIn(false, path.toFile().length());
      case Outside(Wanted wanted) -> {
        Download download = downloads.of(wanted, ask.hops());
        Problem problem = download.awaitEnd();
        if (problem != null) {
          throw new ProblemException(problem);
        }
        yield new BroughtIn(true, download.file().toFile().length());
      }
    };
  }

  /// The file of a version that is in the store, or null.
  public @Nullable Path stored(Registry registry, String name, String version) {
    return locate(new Sought(registry, name, version), Ask.USUAL) instanceof Stored(Path path, _)
        ? path
        : null;
  }

  private record Sought(Registry registry, String name, String version) {}

  private sealed interface Located {}

  private record Stored(Path path, Integrity integrity) implements Located {}

  private record Outside(Wanted wanted) implements Located {}

  private @Nullable Located locate(Sought sought, Ask ask) {
    return switch (views.find(sought.registry(), sought.name(), ask)) {
      case Found.Nothing _ -> null;
      case Found.Unknown(Problem.UpstreamFailed problem) -> throw new ProblemException(problem);
      case Found.Versions found -> {
        Selected version = found.version(sought.version());
        yield version == null ? null : locate(sought, found, version);
      }
    };
  }

  private Located locate(Sought sought, Found.Versions found, Selected version) {
    Integrity integrity = integrity(sought, version);
    Origin origin = found.origin(version);
    if (origin == null) {
      return new Stored(blobs.path(requireSha512(integrity)), integrity);
    }
    CachedTarball row = cached.find(sought.registry().id(), sought.name(), sought.version());
    if (row != null && row.integrity().equals(integrity.toString()) && blobs.has(row.digest())) {
      return new Stored(blobs.path(row.digest()), integrity);
    }
    var wanted =
        new Wanted(
            sought.registry().id(),
            sought.name(),
            sought.version(),
            origin,
            url(sought, version),
            integrity);
    String digest = sha512(integrity);
    if (digest != null && isWhole(digest)) {
      downloads.record(wanted, digest, size(digest));
      return new Stored(blobs.path(digest), integrity);
    }
    return new Outside(wanted);
  }

  /// Whether the store has these bytes and they are known to be on the disk, or were checked by
  /// this process: after a power cut a file alone proves nothing.
  private boolean isWhole(String digest) {
    try {
      return blobs.adopt(digest) && (settling.isUnderWay(digest) || cached.isSettled(digest));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private long size(String digest) {
    try {
      return Files.size(blobs.path(digest));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static Integrity integrity(Sought sought, Selected version) {
    String text = version.source().text(version.row(), Part.INTEGRITY);
    String shasum = version.source().text(version.row(), Part.SHASUM);
    Integrity declared =
        text != null ? Integrity.parse(text) : shasum != null ? Integrity.ofShasum(shasum) : null;
    if (declared == null) {
      throw new ProblemException(
          new Problem.UpstreamFailed(
              "The upstream declares no usable integrity for %s@%s, so its bytes cannot be checked."
                  .formatted(sought.name(), sought.version()),
              false));
    }
    return declared;
  }

  private static URI url(Sought sought, Selected version) {
    String url = version.source().text(version.row(), Part.TARBALL);
    try {
      return URI.create(url == null ? "" : url);
    } catch (IllegalArgumentException _) {
      throw new ProblemException(
          new Problem.UpstreamFailed(
              "The upstream names no usable address for the tarball of %s@%s."
                  .formatted(sought.name(), sought.version()),
              false));
    }
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

  private Response fetch(Wanted wanted, Ask ask) {
    Download download = downloads.of(wanted, ask.hops());
    Problem problem = download.awaitStart();
    if (problem != null) {
      throw new ProblemException(problem);
    }
    Map<String, String> headers = headers(etag(wanted.integrity()));
    return new Response(200, headers, new Body.Stream(download.length(), download::copyTo));
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

  /// The SHA-512 that the bytes are stored by, if the version declares it.
  private static @Nullable String sha512(Integrity integrity) {
    return integrity.hashes().stream()
        .filter(hash -> hash.algorithm() == Algorithm.SHA512)
        .map(Hash::hex)
        .findFirst()
        .orElse(null);
  }

  private static String requireSha512(Integrity integrity) {
    return Objects.requireNonNull(sha512(integrity), "Hosted versions declare SHA-512");
  }

  private static ProblemException notFound(String name, String file) {
    return new ProblemException(
        new Problem.NotFound("There is no tarball %s of %s here.".formatted(file, name)));
  }
}
