package dev.gatehouse.upstream;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/// Package names as registries expect them in a URL: one segment, `@scope%2fname`.
final class PackagePath {
  private PackagePath() {}

  static String of(String name) {
    int slash = name.startsWith("@") ? name.indexOf('/') : -1;
    return slash < 0
        ? part(name)
        : "@" + part(name.substring(1, slash)) + "%2f" + part(name.substring(slash + 1));
  }

  static String part(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
