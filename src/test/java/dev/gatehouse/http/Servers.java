package dev.gatehouse.http;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Servers of the tests, on a free port of the loopback address.
final class Servers {
  private Servers() {}

  static HttpServer start(Handler handler) throws IOException {
    return HttpServer.start(settings(), handler);
  }

  static HttpServer start(HttpSettings.Limits limits, Handler handler) throws IOException {
    return HttpServer.start(settings().with(limits), handler);
  }

  static HttpSettings settings() {
    return HttpSettings.on("127.0.0.1", 0);
  }

  static HttpSettings behind(@Nullable String baseUrl, List<String> proxies) {
    return new HttpSettings(
        "127.0.0.1", 0, baseUrl, null, proxies, null, null, HttpSettings.Limits.defaults());
  }

  /// Limits that a test can wait for.
  static HttpSettings.Limits quick(Duration head, Duration bodyStall) {
    return new HttpSettings.Limits(
        Duration.ofSeconds(75),
        head,
        bodyStall,
        Duration.ofSeconds(10),
        1 << 20,
        16 << 10,
        8 << 10,
        64,
        64);
  }
}
