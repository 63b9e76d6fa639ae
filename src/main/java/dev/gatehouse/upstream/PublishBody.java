package dev.gatehouse.upstream;

import java.io.IOException;
import java.io.InputStream;

/// A publish document whose tarball stays where it is until it is sent.
///
/// @param document the publish document without `_attachments`, a JSON object
/// @param attachment the tarball's key in `_attachments`, for example `@s/n-1.0.0.tgz`
/// @param length the tarball's length in bytes
/// @param tarball opens the tarball
public record PublishBody(String document, String attachment, long length, Content tarball) {

  /// Opens bytes that are kept somewhere. The receiver closes the stream.
  @FunctionalInterface
  public interface Content {
    /// The bytes from their start.
    InputStream open() throws IOException;
  }
}
