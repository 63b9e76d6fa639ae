package dev.gatehouse.install;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/// How a packument travels. Finished answers are held compressed only: a client that takes neither
/// is sent the gzip one, inflated on the way.
enum Encoding {
  ZSTD("zstd"),
  GZIP("gzip"),
  IDENTITY("");

  private final String token;

  Encoding(String token) {
    this.token = token;
  }

  /// The value of `Content-Encoding`; empty for none.
  String token() {
    return token;
  }

  /// The best of those that an `Accept-Encoding` header takes.
  static Encoding of(@Nullable String accepted) {
    if (accepted == null) {
      return IDENTITY;
    }
    if (Weights.accepts(accepted, ZSTD.token)) {
      return ZSTD;
    }
    return Weights.accepts(accepted, GZIP.token) ? GZIP : IDENTITY;
  }

  /// A stream that compresses into `out`: fast for a first answer, small for one that is kept.
  OutputStream compress(OutputStream out, boolean small) throws IOException {
    return switch (this) {
      case ZSTD -> new ZstdOutputStream(out, small ? 6 : 2);
      case GZIP -> small ? GzipStream.small(out) : GzipStream.fast(out);
      case IDENTITY -> out;
    };
  }
}
