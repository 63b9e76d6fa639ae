package dev.gatehouse.install.tarball;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.gatehouse.blob.Blobs;
import dev.gatehouse.install.document.Settling;
import dev.gatehouse.npm.IntegrityCheck;
import dev.gatehouse.packages.CachedTarballs;
import dev.gatehouse.packages.CachedTarballs.CachedTarball;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.upstream.TarballAnswer;
import dev.gatehouse.upstream.TarballStream;
import dev.gatehouse.upstream.UpstreamClient;
import dev.gatehouse.upstream.health.Health;
import dev.gatehouse.upstream.source.Hops;
import dev.gatehouse.upstream.wire.UpstreamException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Fetches tarballs: one request to the upstream for one tarball, however many clients wait for it.
/// Only what hashes to the declared integrity enters the store.
final class Downloads {
  private static final Logger log = LoggerFactory.getLogger(Downloads.class);
  private static final int BUFFER = 128 << 10;
  private static final int KEPT_HELD = 10_000;

  private final UpstreamClient client;
  private final Blobs blobs;
  private final Settling settling;
  private final Health health;
  private final Clock clock;
  private final ConcurrentHashMap<Wanted, Download> running = new ConcurrentHashMap<>();
  private final Cache<Wanted, Kept> kept = Caffeine.newBuilder().maximumSize(KEPT_HELD).build();

  /// What came into the store: its digest there and its size in bytes.
  record Kept(String digest, long size) {}

  Downloads(Tarballs.Parts parts, Clock clock) {
    this.client = parts.client();
    this.blobs = parts.blobs();
    this.settling = parts.settling();
    this.health = parts.health();
    this.clock = clock;
  }

  /// The download of `wanted` for the registries with those ids, which is begun if nobody has.
  Download of(Wanted wanted, List<Long> registryIds, Hops hops) {
    Download download = running.computeIfAbsent(wanted, _ -> begin(wanted, hops));
    Kept done = download.join(registryIds) ? null : kept(wanted);
    if (done != null) {
      record(wanted, registryIds, done);
    }
    return download;
  }

  /// What was kept of `wanted` by this process lately, if it is still there; else null.
  @Nullable Kept kept(Wanted wanted) {
    Kept done = kept.getIfPresent(wanted);
    return done != null && blobs.has(done.digest()) ? done : null;
  }

  /// Who saw that a tarball is not there may come here after somebody else's download of it ended.
  private Download begin(Wanted wanted, Hops hops) {
    Kept done = kept(wanted);
    if (done != null) {
      var finished = new Download(blobs.path(done.digest()));
      finished.complete(blobs.path(done.digest()), done.size(), _ -> {});
      Thread.startVirtualThread(() -> running.remove(wanted, finished));
      return finished;
    }
    var download = new Download(scratch());
    Thread.ofVirtual().name("tarball " + wanted.file()).start(() -> run(wanted, hops, download));
    return download;
  }

  private Path scratch() {
    try {
      return blobs.newScratchFile();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private void run(Wanted wanted, Hops hops, Download download) {
    Path file = download.file();
    try {
      long began = System.nanoTime();
      TarballAnswer answer = client.tarball(wanted.origin().source(), wanted.url(), hops);
      note(wanted, answer, began);
      switch (answer) {
        case TarballAnswer.NotFound _ ->
            fail(
                download,
                "The upstream lists %s and does not have its tarball.".formatted(wanted.file()));
        case TarballAnswer.Failed(String sentence, boolean timedOut) ->
            download.fail(new Problem.UpstreamFailed(sentence, timedOut));
        case TarballAnswer.Opened(TarballStream stream) -> receive(wanted, stream, download);
      }
    } catch (UpstreamException failure) {
      health.failed(wanted.origin().key(), failure.sentence());
      download.fail(new Problem.UpstreamFailed(failure.sentence(), failure.timedOut()));
    } catch (IOException | RuntimeException | Error failure) {
      log.error("Taking in the tarball of {} failed.", wanted.file(), failure);
      fail(
          download,
          "The tarball of %s could not be taken in here; the server's log says why."
              .formatted(wanted.file()));
    } finally {
      running.remove(wanted, download);
      delete(file);
    }
  }

  private void note(Wanted wanted, TarballAnswer answer, long began) {
    if (answer instanceof TarballAnswer.Failed(String sentence, _)) {
      health.failed(wanted.origin().key(), sentence);
    } else {
      health.answered(wanted.origin().key(), began);
    }
  }

  private static void fail(Download download, String sentence) {
    download.fail(new Problem.UpstreamFailed(sentence, false));
  }

  private void receive(Wanted wanted, TarballStream stream, Download download) throws IOException {
    try (stream) {
      Long length = stream.length();
      download.begin(length == null ? -1 : length);
      IntegrityCheck check = new IntegrityCheck(List.of(wanted.integrity()));
      long size = copy(stream.body(), download, check);
      IntegrityCheck.Result result = check.finish();
      if (!result.matched()) {
        fail(
            download,
            "The upstream's bytes of %s are not those that its integrity declares; they were not kept."
                .formatted(wanted.file()));
        return;
      }
      keep(wanted, result.sha512().hex(), size, download);
    }
  }

  private static long copy(InputStream in, Download download, IntegrityCheck check)
      throws IOException {
    byte[] buffer = new byte[BUFFER];
    long size = 0;
    try (OutputStream out = Files.newOutputStream(download.file())) {
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        check.update(buffer, 0, count);
        out.write(buffer, 0, count);
        size += count;
        download.advance(count);
      }
    }
    return size;
  }

  private void keep(Wanted wanted, String digest, long size, Download download) throws IOException {
    var done = new Kept(digest, size);
    blobs.place(download.file(), digest);
    kept.put(wanted, done);
    download.complete(blobs.path(digest), size, joined -> record(wanted, joined, done));
  }

  /// Remembers that registries have these bytes, which lie in the store already.
  void record(Wanted wanted, Collection<Long> registryIds, Kept done) {
    String integrity = wanted.integrity().toString();
    List<CachedTarball> rows =
        registryIds.stream()
            .map(id ->
                new CachedTarball(
                    id, wanted.name(), wanted.version(), done.digest(), done.size(), integrity))
            .toList();
    settling.add(
        new Settling.Item(
            done.digest(),
            handle -> {
              rows.forEach(row -> CachedTarballs.add(handle, row, clock.millis()));
              return null;
            }));
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException failure) {
      log.warn("Could not delete a scratch file; the next start will.", failure);
    }
  }
}
