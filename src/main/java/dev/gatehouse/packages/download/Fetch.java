package dev.gatehouse.packages.download;

import dev.gatehouse.access.Identity;
import dev.gatehouse.audit.Actor;
import dev.gatehouse.npm.PackageName;
import dev.gatehouse.npm.TarballName;
import dev.gatehouse.problem.ProblemException;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/// A tarball is being given to somebody. Made of what a request has at hand, so that noting it
/// costs nothing; what it says is worked out behind the answers.
///
/// @param identity null if nobody said who they are
/// @param file the file's name, which holds the version
public record Fetch(
    long workspaceId,
    long registryId,
    @Nullable Identity identity,
    InetAddress address,
    String name,
    String file) {

  /// What is one row of a day.
  Key key(long day) {
    return new Key(workspaceId, registryId, day, name, version(), who());
  }

  private Fetcher who() {
    Actor actor = identity == null ? new Actor.Anonymous() : identity.actor();
    String token = identity == null || identity.token() == null ? "" : identity.token().key();
    return new Fetcher(actor.label(), token, address.getHostAddress());
  }

  /// Only what is a version was served.
  private String version() {
    try {
      String version = TarballName.versionIn(PackageName.parse(name), file);
      return version == null ? file : version;
    } catch (ProblemException _) {
      return file;
    }
  }

  /// What is one row: who fetched which version on which day (of UTC) since 1970.
  public record Key(
      long workspaceId, long registryId, long day, String name, String version, Fetcher who) {}
}
