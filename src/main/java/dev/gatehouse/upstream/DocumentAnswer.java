package dev.gatehouse.upstream;

import java.nio.file.Path;

/// What came of asking an upstream for a JSON document.
public sealed interface DocumentAnswer {

  /// The document, complete and decompressed: `length` bytes that begin and end as a JSON object
  /// does; no more of it was looked at. Whoever receives this deletes or moves the file.
  record Fresh(Path file, long length, Validators validators) implements DocumentAnswer {}

  /// It is still the one that the validators came with.
  record NotModified() implements DocumentAnswer {}

  /// The upstream says that it has no such thing. Never the result of a fault.
  record NotFound() implements DocumentAnswer {}

  /// Nothing is known: `sentence` says why and may be shown.
  record Failed(String sentence, boolean timedOut) implements DocumentAnswer {}
}
