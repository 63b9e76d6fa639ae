package dev.gatehouse.npm.lockfile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.npm.Integrity;
import dev.gatehouse.npm.PackageName;
import dev.gatehouse.npm.lockfile.Lockfile.NotUnderstood;
import dev.gatehouse.npm.lockfile.Lockfile.Understood;
import dev.gatehouse.npm.semver.Version;

/// A fuzz target: whatever the bytes, a lockfile is refused with a sentence, or what it names are
/// packages that can be asked for, and what it skips is told in sentences.
public final class LockfileFuzz {
  private static final String SENTENCE = "(?s).{10,4000}\\.";

  private LockfileFuzz() {}

  /// The entry point that Jazzer calls.
  public static void fuzzerTestOneInput(byte[] bytes) {
    switch (Lockfile.read("the.lock", bytes)) {
      case NotUnderstood(String sentence) -> assertThat(sentence).matches(SENTENCE);
      case Understood understood -> requireSound(understood);
    }
  }

  private static void requireSound(Understood lockfile) {
    assertThat(lockfile.format()).isNotBlank();
    assertThat(lockfile.packages()).doesNotHaveDuplicates();
    lockfile.skipped().forEach(sentence -> assertThat(sentence).matches(SENTENCE));
    for (LockedPackage one : lockfile.packages()) {
      assertThat(PackageName.isValid(one.name())).as(one.name()).isTrue();
      assertThat(Version.parse(one.version())).hasToString(one.version());
      Integrity integrity = one.integrity();
      if (integrity != null) {
        assertThat(Integrity.parse(integrity.toString())).isEqualTo(integrity);
      }
    }
  }
}
