package dev.gatehouse.install.tarball;

import dev.gatehouse.install.document.Origin;
import dev.gatehouse.npm.Integrity;
import java.net.URI;

/// A tarball that is wanted from an origin, whichever registries want it.
///
/// @param url where the origin's document says that it lies
/// @param integrity what its bytes must hash to
record Wanted(String name, String version, Origin origin, URI url, Integrity integrity) {

  /// How logs and sentences call it.
  String file() {
    return name + "@" + version;
  }
}
