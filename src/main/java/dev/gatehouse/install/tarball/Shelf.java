package dev.gatehouse.install.tarball;

import dev.gatehouse.blob.Blobs;
import dev.gatehouse.install.view.Found;
import dev.gatehouse.install.view.Place;
import dev.gatehouse.npm.Integrity;
import dev.gatehouse.npm.packument.Selected;
import dev.gatehouse.packages.CachedTarballs;
import dev.gatehouse.packages.CachedTarballs.CachedTarball;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The tarballs that are in the store. Nothing is fetched, and nothing is noted.
public final class Shelf {
  private final Blobs blobs;
  private final CachedTarballs cached;

  /// Those in `blobs`, of which rows tell that they are whole.
  public Shelf(Blobs blobs, CachedTarballs cached) {
    this.blobs = blobs;
    this.cached = cached;
  }

  /// The bytes that `version` declares, or null if they are not here.
  public @Nullable Path find(Found.Versions found, Selected version) {
    Integrity integrity = version.integrity();
    if (integrity == null) {
      return null;
    }
    String digest = Locating.sha512(integrity);
    if (digest != null) {
      return blobs.has(digest) && cached.isSettled(digest) ? blobs.path(digest) : null;
    }
    Place place = found.place(version);
    return place == null ? null : recorded(place, version, integrity);
  }

  private @Nullable Path recorded(Place place, Selected version, Integrity integrity) {
    List<CachedTarball> rows =
        cached.find(place.through(), version.source().name(), version.version());
    return rows.stream()
        .filter(row -> row.integrity().equals(integrity.toString()) && blobs.has(row.digest()))
        .map(row -> blobs.path(row.digest()))
        .findFirst()
        .orElse(null);
  }
}
