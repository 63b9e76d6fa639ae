package dev.gatehouse.packages.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.db.Dialect;
import dev.gatehouse.npm.Hash.Algorithm;
import dev.gatehouse.packages.verify.OrphanSweep.Swept;
import dev.gatehouse.testing.OnBothDatabases;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

@OnBothDatabases
class OrphanSweepTest {
  @AutoClose private final TestingStore store;

  OrphanSweepTest(Dialect dialect) throws IOException {
    store = new TestingStore(dialect);
  }

  @Test
  void deletesOldBytesThatNoRowNamesAndNothingElse() throws IOException {
    String published = aged(store.published("left", "1.0.0", "left bytes"));
    String cached = aged(store.cached("right", "1.0.0", "right bytes"));
    String document = aged(store.document("right", "{}"));
    String orphan = aged(store.blob(Algorithm.SHA512, "orphan"));
    String old = aged(store.blob(Algorithm.SHA256, "old document"));
    String underWay = aged(store.blob(Algorithm.SHA512, "under way"));
    String young = store.blob(Algorithm.SHA512, "young");
    var sweep = new OrphanSweep(store.database(), store.blobs, underWay::equals, Clock.systemUTC());

    assertThat(sweep.run()).isEqualTo(new Swept(2, 6 + 12));

    assertThat(store.blobs.has(orphan)).isFalse();
    assertThat(store.blobs.has(old)).isFalse();
    for (String spared : new String[] {published, cached, document, underWay, young}) {
      assertThat(store.blobs.has(spared)).isTrue();
    }
    assertThat(sweep.run()).isEqualTo(new Swept(0, 0));
  }

  private String aged(String digest) throws IOException {
    Instant then = Instant.now().minus(OrphanSweep.GRACE).minus(Duration.ofMinutes(1));
    Files.setLastModifiedTime(store.blobs.path(digest), FileTime.from(then));
    return digest;
  }
}
