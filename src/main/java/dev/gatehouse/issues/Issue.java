package dev.gatehouse.issues;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Something that is wrong with versions of a package in a workspace.
///
/// @param number unique in its workspace
/// @param name the package
/// @param cause the advisory's id, or what a policy objects to
/// @param text what people read: their own words where they have changed them
/// @param said what scanner and policies say
/// @param assignee who looks after it
public record Issue(
    long id,
    long number,
    Cause.Type type,
    String name,
    String cause,
    Finding.Text text,
    Finding.Text said,
    Status status,
    @Nullable String assignee) {

  /// How it stands.
  public record Status(boolean open, Instant opened, Instant changed) {
    /// In a word.
    public String word() {
      return open ? "open" : "closed";
    }
  }
}
