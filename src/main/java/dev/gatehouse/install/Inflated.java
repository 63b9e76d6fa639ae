package dev.gatehouse.install;

import dev.gatehouse.http.Body;
import dev.gatehouse.http.Request;
import dev.gatehouse.http.Response;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/// The answer for clients that take no compression: the held one, inflated on its way.
final class Inflated {
  private Inflated() {}

  /// The identity form of `rendered`, which is gzip; null if its bytes were evicted this moment.
  static @Nullable Response of(Request request, Rendered rendered) {
    Map<String, String> headers = new HashMap<>(rendered.whole().headers());
    headers.remove("content-encoding");
    String etag = rendered.etag().replace("-g\"", "-i\"");
    headers.put("etag", etag);
    if (request.matches(etag)) {
      return new Response(304, headers, new Body.Empty());
    }
    byte[] compressed = rendered.bytes();
    return compressed == null
        ? null
        : new Response(
            200, headers, new Body.Stream(rendered.length(), out -> inflate(compressed, out)));
  }

  private static void inflate(byte[] compressed, OutputStream out) throws IOException {
    try (var in = new GZIPInputStream(new ByteArrayInputStream(compressed), 16 << 10)) {
      in.transferTo(out);
    }
  }
}
