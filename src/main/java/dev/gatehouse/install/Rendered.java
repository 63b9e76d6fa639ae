package dev.gatehouse.install;

import dev.gatehouse.http.Content;
import dev.gatehouse.http.Response;
import dev.gatehouse.install.document.KnownDocument;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// A finished answer and what it depends on.
///
/// @param stamp the name's stamp before anything was looked at
/// @param inputs the upstreams' documents that it was made from
/// @param expires when it must be made anew whatever happens, milliseconds since 1970
/// @param length of the identity form in bytes
/// @param uses how often it was served; the second time it is worth compressing well
record Rendered(
    long stamp,
    List<KnownDocument> inputs,
    long expires,
    String etag,
    Response whole,
    Response notModified,
    Content content,
    long length,
    AtomicInteger uses) {

  /// Whether it may be served at `now` while the name's stamp is `current`.
  boolean holds(long current, long now) {
    if (stamp != current || now >= expires) {
      return false;
    }
    for (KnownDocument input : inputs) {
      if (!input.isFresh(now)) {
        return false;
      }
    }
    return true;
  }
}
