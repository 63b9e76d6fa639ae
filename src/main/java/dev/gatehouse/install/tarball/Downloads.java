package dev.gatehouse.install.tarball;

import dev.gatehouse.blob.Blobs;
import dev.gatehouse.install.document.Settling;
import dev.gatehouse.npm.IntegrityCheck;
import dev.gatehouse.packages.CachedTarballs;
import dev.gatehouse.packages.CachedTarballs.CachedTarball;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.upstream.TarballAnswer;
import dev.gatehouse.upstream.TarballStream;
import dev.gatehouse.upstream.UpstreamClient;
import dev.gatehouse.upstream.source.Hops;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Fetches tarballs: one request to the upstream for one tarball, however many clients wait for it.
/// Only what hashes to the declared integrity enters the store.
final class Downloads {
  private static final Logger log = LoggerFactory.getLogger(Downloads.class);
  private static final int BUFFER = 128 << 10;

  private final UpstreamClient client;
  private final Blobs blobs;
  private final Settling settling;
  private final Clock clock;
  private final ConcurrentHashMap<Wanted, Download> running = new ConcurrentHashMap<>();

  Downloads(UpstreamClient client, Blobs blobs, Settling settling, Clock clock) {
    this.client = client;
    this.blobs = blobs;
    this.settling = settling;
    this.clock = clock;
  }

  /// The download of `wanted`, which is begun if nobody has.
  Download of(Wanted wanted, Hops hops) {
    return running.computeIfAbsent(
        wanted,
        _ -> {
          var download = new Download(scratch());
          Thread.ofVirtual()
              .name("tarball " + wanted.file())
              .start(() -> run(wanted, hops, download));
          return download;
        });
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
      switch (client.tarball(wanted.origin().source(), wanted.url(), hops)) {
        case TarballAnswer.NotFound _ ->
            download.fail(
                new Problem.UpstreamFailed(
                    "The upstream lists %s and does not have its tarball.".formatted(wanted.file()),
                    false));
        case TarballAnswer.Failed(String sentence, boolean timedOut) ->
            download.fail(new Problem.UpstreamFailed(sentence, timedOut));
        case TarballAnswer.Opened(TarballStream stream) -> receive(wanted, stream, download);
      }
    } catch (IOException | RuntimeException failure) {
      log.warn("Fetching {} failed.", wanted.file(), failure);
      download.fail(
          new Problem.UpstreamFailed(
              "The upstream's answer for %s broke off: %s"
                  .formatted(wanted.file(), failure.getMessage()),
              false));
    } finally {
      running.remove(wanted);
      delete(file);
    }
  }

  private void receive(Wanted wanted, TarballStream stream, Download download) throws IOException {
    try (stream) {
      Long length = stream.length();
      download.begin(length == null ? -1 : length);
      IntegrityCheck check = new IntegrityCheck(List.of(wanted.integrity()));
      long size = copy(stream.body(), download, check);
      IntegrityCheck.Result result = check.finish();
      if (!result.matched()) {
        download.fail(
            new Problem.UpstreamFailed(
                "The upstream's bytes of %s are not those that its integrity declares; they were"
                        .formatted(wanted.file())
                    + " not kept.",
                false));
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
    blobs.place(download.file(), digest);
    record(wanted, digest, size);
    download.complete(blobs.path(digest));
  }

  /// Remembers that a registry has these bytes, which lie in the store already.
  void record(Wanted wanted, String digest, long size) {
    var row =
        new CachedTarball(
            wanted.registryId(),
            wanted.name(),
            wanted.version(),
            digest,
            size,
            wanted.integrity().toString());
    settling.add(
        new Settling.Item(
            digest,
            handle -> {
              CachedTarballs.add(handle, row, clock.millis());
              return null;
            }));
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
