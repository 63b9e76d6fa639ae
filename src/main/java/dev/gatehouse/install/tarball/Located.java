package dev.gatehouse.install.tarball;

import dev.gatehouse.install.attestation.Claim;
import dev.gatehouse.npm.Integrity;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where the tarball of a version that a registry serves is to be had.
sealed interface Located {

  /// What the version declares.
  Integrity integrity();

  /// The same, served for that reason until then, milliseconds since 1970.
  Located until(long moment);

  /// In the store. It has to be judged again `until` then.
  record Stored(Path path, Integrity integrity, long until) implements Located {
    static Stored of(Path path, Integrity integrity) {
      return new Stored(path, integrity, Long.MAX_VALUE);
    }

    @Override
    public Stored until(long moment) {
      return new Stored(path, integrity, moment);
    }
  }

  /// At an upstream; the registries with those ids are to have it from then on. It has to be judged
  /// again `until` then.
  record Outside(Wanted wanted, List<Long> registryIds, long until) implements Located {
    static Outside of(Wanted wanted, List<Long> registryIds) {
      return new Outside(wanted, registryIds, Long.MAX_VALUE);
    }

    @Override
    public Integrity integrity() {
      return wanted.integrity();
    }

    @Override
    public Outside until(long moment) {
      return new Outside(wanted, registryIds, moment);
    }
  }

  /// Where it is that an enforced policy has to see first: nothing of it may be served before. Nor
  /// before its provenance was looked at, if a policy asks for that.
  record Unseen(Located where, @Nullable Claim provenance) implements Located {
    @Override
    public Integrity integrity() {
      return where.integrity();
    }

    @Override
    public Unseen until(long moment) {
      return this;
    }
  }
}
