package dev.gatehouse.publish.pull;

import java.util.List;

/// What a pull did.
///
/// @param failures a sentence for each version that could not be brought in
/// @param skipped a sentence for each thing that was asked for and does not come from a registry
public record Pulled(Tally tally, List<String> failures, List<String> skipped) {

  /// How far a pull has come.
  ///
  /// @param known versions found so far that are to be in the store
  /// @param fetched of these, how many were fetched now
  /// @param there of these, how many were there already
  /// @param failed what could not be brought in, names without a fitting version too
  /// @param bytes of those that were fetched
  public record Tally(int known, int fetched, int there, int failed, long bytes) {}
}
