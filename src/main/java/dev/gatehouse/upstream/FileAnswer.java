package dev.gatehouse.upstream;

/// What came of asking for a file that may not have changed.
public sealed interface FileAnswer {

  /// It is on its way. The receiver closes the stream.
  record Opened(TarballStream stream, Validators validators) implements FileAnswer {}

  /// It is still the one that the validators came with.
  record NotModified() implements FileAnswer {}

  /// There is none, or nothing is known: `sentence` says why and may be shown.
  record Failed(String sentence, boolean timedOut) implements FileAnswer {}
}
