package dev.gatehouse.publish.push;

import dev.gatehouse.audit.Trail;
import dev.gatehouse.db.Database;
import dev.gatehouse.publish.Draft;
import dev.gatehouse.upstream.source.UpstreamSource;

/// The rows in the trail about what leaves for a registry elsewhere. What changes there cannot
/// change in one transaction with its row here, so there are two: one before it is sent, and one
/// with what came of it. Where the second is missing this process ended in between, and the version
/// may have arrived.
public record PushTrail(Database database, Trail trail) {

  void leaving(Parcel parcel, UpstreamSource to) {
    add(parcel, to, "version.push");
  }

  void accepted(Parcel parcel, UpstreamSource to) {
    add(parcel, to, "version.push-accepted");
  }

  void refused(Parcel parcel, UpstreamSource to) {
    add(parcel, to, "version.push-refused");
  }

  /// It may have arrived here too.
  void unanswered(Parcel parcel, UpstreamSource to) {
    add(parcel, to, "version.push-unanswered");
  }

  private void add(Parcel parcel, UpstreamSource to, String action) {
    Push push = parcel.push();
    String details =
        Draft.details()
            .put("upstream", push.to().name())
            .put("address", to.base().toString())
            .put("version", push.target())
            .put("integrity", parcel.tarball().integrity())
            .put("tags", String.join(" ", push.tags()))
            .toString();
    String subject = "%s/%s@%s".formatted(push.from().name(), push.name(), push.version());
    var entry = new Trail.Entry(push.from().workspace().id(), action, subject, details);
    database.write(handle -> {
      trail.add(handle, push.actor(), entry);
      return entry;
    });
  }
}
