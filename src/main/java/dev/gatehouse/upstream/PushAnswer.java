package dev.gatehouse.upstream;

/// What came of sending something to an upstream.
public sealed interface PushAnswer {

  /// The upstream took it.
  record Accepted() implements PushAnswer {}

  /// The upstream understood and said no, with `status`: the version exists, the credential does
  /// not suffice. The sentence holds the upstream's own words where it had some.
  record Refused(int status, String sentence) implements PushAnswer {}

  /// Nothing is known, not even whether it arrived. `sentence` says why and may be shown.
  record Failed(String sentence, boolean timedOut) implements PushAnswer {}
}
