package dev.gatehouse.install;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import com.github.luben.zstd.ZstdInputStream;
import dev.gatehouse.http.Body;
import dev.gatehouse.http.Content;
import dev.gatehouse.http.Response;
import dev.gatehouse.install.Rendered.Judged;
import dev.gatehouse.install.document.KnownDocument;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/// Finished packuments, compressed, outside of the heap. A first answer is compressed fast; one
/// that is asked for again and again is compressed well, behind the requests.
final class RenderedAnswers {
  /// Base URLs come from the `Host` header, which anyone may write: answers are kept for this many.
  private static final int MOST_BASES = 64;

  private static final int QUEUE = 4_096;
  private static final int OVERHEAD = 700;

  /// So many uses make an answer worth being compressed well.
  private static final int WORTH_MUCH = 5;

  /// One use in so many tells that the base is in use: what is used less may forget it.
  private static final int BASE_NOTED = 16;

  private final Cache<RenderKey, Rendered> answers;
  private final Cache<String, Boolean> bases =
      Caffeine.newBuilder().expireAfterAccess(Duration.ofHours(1)).build();
  private final ThreadPoolExecutor compressor =
      new ThreadPoolExecutor(
          1,
          1,
          0,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(QUEUE),
          Thread.ofPlatform().name("compressor").daemon().factory(),
          new ThreadPoolExecutor.DiscardPolicy());

  /// What an answer is made of: documents, and the rules by which their versions are judged.
  record Source(String identity, String rules) {}

  /// What an answer's validity rests on.
  ///
  /// @param warning what clients are told of its age, or null
  record Basis(long stamp, List<KnownDocument> inputs, long expires, @Nullable String warning) {}

  /// Writes the identity form.
  interface Writer {
    void writeTo(OutputStream out) throws IOException;
  }

  RenderedAnswers(int megabytes) {
    this.answers =
        Caffeine.newBuilder()
            .maximumWeight((long) megabytes << 20)
            .weigher((RenderKey _, Rendered one) -> OVERHEAD + one.content().length())
            .evictionListener(RenderedAnswers::release)
            .build();
  }

  @Nullable Rendered find(RenderKey key) {
    return answers.getIfPresent(key);
  }

  /// A strong tag that differs by registry, form, encoding and address, so that no client's cache
  /// takes one for another, and that a restart does not change.
  String etag(RenderKey key, Source source, Judged judged) {
    String all =
        String.join(
            "\n",
            Long.toString(key.registryId()),
            key.form().name(),
            key.base(),
            source.identity(),
            judged.withheld());
    return '"' + Digests.text(all) + (key.encoding() == Encoding.ZSTD ? "-z" : "-g") + '"';
  }

  /// The answer that is held, on a new basis, if it was made of the same `source` and so still says
  /// at `now` what is true; else null. Not for one that is evicted meanwhile: its memory is given
  /// back.
  @Nullable Rendered renew(RenderKey key, Source source, Basis basis, long now) {
    var renewed = new AtomicReference<Rendered>();
    answers
        .asMap()
        .computeIfPresent(
            key,
            (_, current) -> {
              if (!current.judged().holds(source.rules(), now)
                  || !current.etag().equals(etag(key, source, current.judged()))) {
                return current;
              }
              Rendered same = current.on(headers(key, current.etag(), basis), basis);
              renewed.set(same);
              return same;
            });
    return renewed.get();
  }

  /// Renders, compresses fast and keeps.
  Rendered render(RenderKey key, Source source, Judged judged, Basis basis, Writer writer) {
    var compressed = new ByteArrayOutputStream(16 << 10);
    var counted = new CountingStream();
    try (OutputStream out = key.encoding().compress(compressed, false)) {
      counted.out = out;
      writer.writeTo(counted);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    boolean kept = admits(key.base());
    byte[] bytes = compressed.toByteArray();
    Rendered rendered =
        rendered(
            key,
            etag(key, source, judged),
            judged,
            basis,
            new Sized(kept ? Content.direct(bytes) : Content.of(bytes), counted.count));
    if (kept) {
      keep(key, rendered);
    }
    return rendered;
  }

  /// Forgets the answer that is held: there is none any more.
  void drop(RenderKey key) {
    Rendered before = answers.asMap().remove(key);
    if (before != null) {
      before.content().release();
    }
  }

  /// Notes that `rendered` was served, and compresses it well when it has been asked for often
  /// enough: that costs many times what serving it does.
  void used(RenderKey key, Rendered rendered) {
    int uses = rendered.uses().incrementAndGet();
    if (uses % BASE_NOTED == 0) {
      var _ = bases.getIfPresent(key.base());
    }
    if (uses == WORTH_MUCH) {
      compressor.execute(() -> shrink(key, rendered));
    }
  }

  /// Compressed bytes, and how many they are when they are not.
  private record Sized(Content content, long length) {}

  private void shrink(RenderKey key, Rendered rendered) {
    var small = new ByteArrayOutputStream(rendered.content().length());
    try (InputStream in = inflate(key.encoding(), rendered.content().bytes());
        OutputStream out = key.encoding().compress(small, true)) {
      in.transferTo(out);
    } catch (IOException | IllegalStateException _) {
      // Dropped from memory in the meantime.
      return;
    }
    if (small.size() < rendered.content().length()) {
      replace(key, rendered.content(), Content.direct(small.toByteArray()));
    }
  }

  /// Whichever of the two is not held afterwards gives its memory back.
  private void replace(RenderKey key, Content before, Content smaller) {
    Rendered held =
        answers
            .asMap()
            .computeIfPresent(
                key, (_, current) -> current.content() == before ? current.with(smaller) : current);
    boolean replaced = held != null && held.content() == smaller;
    (replaced ? before : smaller).release();
  }

  private static InputStream inflate(Encoding encoding, byte[] bytes) throws IOException {
    var in = new ByteArrayInputStream(bytes);
    return encoding == Encoding.ZSTD ? new ZstdInputStream(in) : new GZIPInputStream(in);
  }

  private boolean admits(String base) {
    if (bases.getIfPresent(base) != null) {
      return true;
    }
    bases.cleanUp();
    return bases.estimatedSize() < MOST_BASES && bases.asMap().putIfAbsent(base, true) == null;
  }

  private void keep(RenderKey key, Rendered rendered) {
    Rendered before = answers.asMap().put(key, rendered);
    if (before != null && before.content() != rendered.content()) {
      before.content().release();
    }
  }

  private static Rendered rendered(
      RenderKey key, String etag, Judged judged, Basis basis, Sized sized) {
    Map<String, String> headers = headers(key, etag, basis);
    return new Rendered(
        judged,
        basis.stamp(),
        basis.inputs(),
        basis.expires(),
        etag,
        new Response(200, headers, new Body.Bytes(sized.content())),
        new Response(304, headers, new Body.Empty()),
        sized.content(),
        sized.length(),
        new AtomicInteger());
  }

  private static Map<String, String> headers(RenderKey key, String etag, Basis basis) {
    Map<String, String> headers = new HashMap<>();
    headers.put("content-type", key.form().contentType());
    headers.put("content-encoding", key.encoding().token());
    headers.put("etag", etag);
    headers.put("vary", "accept, accept-encoding");
    headers.put("cache-control", "private, no-cache");
    if (basis.warning() != null) {
      headers.put("warning", basis.warning());
    }
    return headers;
  }

  private static void release(
      @Nullable RenderKey key, @Nullable Rendered rendered, RemovalCause cause) {
    if (rendered != null && cause.wasEvicted()) {
      rendered.content().release();
    }
  }

  private static final class CountingStream extends OutputStream {
    private OutputStream out = nullOutputStream();
    private long count;

    @Override
    public void write(int b) throws IOException {
      out.write(b);
      count++;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
      count += length;
    }
  }
}
