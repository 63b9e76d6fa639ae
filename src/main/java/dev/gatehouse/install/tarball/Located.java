package dev.gatehouse.install.tarball;

import dev.gatehouse.npm.Integrity;
import java.nio.file.Path;
import java.util.List;

/// Where the tarball of a version that a registry serves is to be had.
sealed interface Located {

  /// What the version declares.
  Integrity integrity();

  /// In the store.
  record Stored(Path path, Integrity integrity) implements Located {}

  /// At an upstream; the registries with those ids are to have it from then on.
  record Outside(Wanted wanted, List<Long> registryIds) implements Located {
    @Override
    public Integrity integrity() {
      return wanted.integrity();
    }
  }
}
