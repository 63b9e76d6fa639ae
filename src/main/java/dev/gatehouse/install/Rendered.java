package dev.gatehouse.install;

import dev.gatehouse.http.Body;
import dev.gatehouse.http.Content;
import dev.gatehouse.http.Response;
import dev.gatehouse.install.document.Ask;
import dev.gatehouse.install.document.KnownDocument;
import dev.gatehouse.npm.packument.PackumentView;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// A finished answer and what it depends on.
///
/// @param judged what the policies said of it
/// @param stamp the name's stamp before anything was looked at
/// @param inputs the upstreams' documents that it was made from
/// @param expires when it must be made anew whatever happens, milliseconds since 1970
/// @param length of the identity form in bytes
/// @param uses how often it was served: what is asked for often is worth compressing well
record Rendered(
    Judged judged,
    long stamp,
    List<KnownDocument> inputs,
    long expires,
    String etag,
    Response whole,
    Response notModified,
    Content content,
    long length,
    AtomicInteger uses) {

  /// What the policies said when it was made.
  ///
  /// @param rules by which rules, as [dev.gatehouse.install.view.Gathered#rules] names them
  /// @param withheld a digest of what is withheld and what is told of it; empty if nothing is
  /// @param changesAt when time alone may change that, milliseconds since 1970
  record Judged(String rules, String withheld, long changesAt) {
    static Judged of(String rules, PackumentView view, @Nullable Instant changesAt) {
      PackumentView.Restrictions told = view.restrictions();
      return new Judged(
          rules,
          told == null ? "" : Digests.text(told.message() + "\n" + told.versions()),
          changesAt == null ? Long.MAX_VALUE : changesAt.toEpochMilli());
    }

    boolean holds(String current, long now) {
      return rules.equals(current) && now < changesAt;
    }
  }

  /// A copy of the compressed bytes, or null if they were evicted.
  byte @Nullable [] bytes() {
    try {
      return content.bytes();
    } catch (IllegalStateException _) {
      return null;
    }
  }

  /// Whether it may be served at `now` to who makes this demand, while the name's stamp is
  /// `current`.
  boolean holds(long current, Ask.Demand demand, long now) {
    if (stamp != current || now >= expires || now >= judged.changesAt()) {
      return false;
    }
    for (KnownDocument input : inputs) {
      if (!input.satisfies(demand, now)) {
        return false;
      }
    }
    return true;
  }

  /// The same answer on a new basis and under its headers.
  Rendered on(Map<String, String> headers, RenderedAnswers.Basis basis) {
    return new Rendered(
        judged,
        basis.stamp(),
        basis.inputs(),
        basis.expires(),
        etag,
        new Response(200, headers, whole.body()),
        new Response(304, headers, notModified.body()),
        content,
        length,
        uses);
  }

  /// The same answer in other bytes.
  Rendered with(Content other) {
    return new Rendered(
        judged,
        stamp,
        inputs,
        expires,
        etag,
        new Response(200, whole.headers(), new Body.Bytes(other)),
        notModified,
        other,
        length,
        uses);
  }
}
