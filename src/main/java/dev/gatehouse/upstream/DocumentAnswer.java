package dev.gatehouse.upstream;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// What came of asking an upstream for a JSON document.
public sealed interface DocumentAnswer {

  /// The document, complete and decompressed: `length` bytes that begin and end as a JSON object
  /// does; no more of it was looked at. Whoever receives this deletes or moves the file.
  record Fresh(Path file, long length, Validators validators) implements DocumentAnswer {

    /// The whole document, with the file deleted. Mind the heap: [#length] says what it costs.
    public byte[] take() {
      try {
        byte[] document = Files.readAllBytes(file);
        Files.delete(file);
        return document;
      } catch (IOException e) {
        throw new UncheckedIOException("A received document cannot be read", e);
      }
    }
  }

  /// It is still the one that the validators came with.
  record NotModified() implements DocumentAnswer {}

  /// The upstream says that it has no such thing. Never the result of a fault.
  record NotFound() implements DocumentAnswer {}

  /// Nothing is known: `sentence` says why and may be shown.
  record Failed(String sentence, boolean timedOut) implements DocumentAnswer {}
}
