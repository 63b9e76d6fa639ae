package dev.gatehouse.upstream;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/// A publish document whose tarball stays where it is until it is sent.
///
/// @param document the publish document without `_attachments`, a JSON object
/// @param attachment the tarball's key in `_attachments`, for example `@s/n-1.0.0.tgz`
/// @param length the tarball's length in bytes
/// @param tarball opens the tarball
/// @param text one more attachment, sent as it is, or null
public record PublishBody(
    String document, String attachment, long length, Content tarball, @Nullable Text text) {

  /// One with the tarball alone.
  public PublishBody(String document, String attachment, long length, Content tarball) {
    this(document, attachment, length, tarball, null);
  }

  /// A small attachment that is text, as provenance is.
  ///
  /// @param attachment its key in `_attachments`, for example `@s/n-1.0.0.sigstore`
  public record Text(String attachment, String contentType, String content) {}

  /// Opens bytes that are kept somewhere. The receiver closes the stream.
  @FunctionalInterface
  public interface Content {
    /// The bytes from their start.
    InputStream open() throws IOException;
  }
}
