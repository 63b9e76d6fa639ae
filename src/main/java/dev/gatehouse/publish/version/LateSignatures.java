package dev.gatehouse.publish.version;

import dev.gatehouse.audit.Actor;
import dev.gatehouse.audit.Trail;
import dev.gatehouse.db.Changes;
import dev.gatehouse.db.Database;
import dev.gatehouse.install.document.Stamps;
import dev.gatehouse.packages.HostedVersion;
import dev.gatehouse.packages.UnsignedVersions;
import dev.gatehouse.packages.UnsignedVersions.Unsigned;
import dev.gatehouse.packages.VersionEdits;
import dev.gatehouse.publish.Draft;
import dev.gatehouse.registries.signing.SigningKey;
import dev.gatehouse.registries.signing.SigningKeys;
import java.util.List;
import org.jdbi.v3.core.Handle;

/// Signs what was published before versions were signed here: once, after the first start of a
/// program that does.
public final class LateSignatures {
  private static final Actor ACTOR = new Actor.Job("signing");

  private final Database database;
  private final SigningKeys keys;
  private final Trail trail;
  private final Stamps stamps;

  /// Signs what is in `database` by `keys`.
  public LateSignatures(Database database, SigningKeys keys, Trail trail, Stamps stamps) {
    this.database = database;
    this.keys = keys;
    this.trail = trail;
    this.stamps = stamps;
  }

  /// Signs all there is, a package at a time, until the thread is interrupted; gives how many
  /// versions it signed.
  public int run() {
    var found = new UnsignedVersions(database);
    SigningKey key = keys.current();
    int signed = 0;
    Unsigned next = found.after(0);
    while (next != null && !Thread.currentThread().isInterrupted()) {
      Unsigned one = next;
      signed += database.write(handle -> sign(handle, one, key));
      stamps.outdate(one.name());
      next = found.after(one.packageId());
    }
    return signed;
  }

  private int sign(Handle handle, Unsigned one, SigningKey known) {
    List<HostedVersion> versions = UnsignedVersions.take(handle, one.packageId());
    SigningKey key = keys.confirmed(handle, known);
    for (HostedVersion version : versions) {
      VersionEdits.sign(handle, one.packageId(), VersionDocument.signed(version, key));
    }
    trail.add(
        handle,
        ACTOR,
        new Trail.Entry(
            one.workspaceId(),
            "package.sign",
            one.registry() + "/" + one.name(),
            Draft.details().put("versions", versions.size()).toString()));
    Changes.raise(database, handle, Changes.Topic.PACKAGES);
    return versions.size();
  }
}
