package dev.gatehouse.upstream;

/// What came of asking an upstream for a file.
public sealed interface TarballAnswer {

  /// It is on its way. The receiver closes the stream.
  record Opened(TarballStream stream) implements TarballAnswer {}

  /// The upstream says that it has no such file.
  record NotFound() implements TarballAnswer {}

  /// Nothing is known: `sentence` says why and may be shown.
  record Failed(String sentence, boolean timedOut) implements TarballAnswer {}
}
