package dev.gatehouse.install.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.npm.packument.PackumentIndex;
import dev.gatehouse.npm.packument.PackumentParse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class RecentIndexesTest {
  private static final int LIMIT = 10_000;

  private final RecentIndexes recent = new RecentIndexes(LIMIT);

  @Test
  void whatWasReadLastIsThereHoweverOftenOthersWereUsed() {
    recent.put(key("often"), document("often", 6_000));
    for (int i = 0; i < 100; i++) {
      assertThat(recent.find(key("often"))).isNotNull();
    }

    recent.put(key("new"), document("new", 6_000));

    assertThat(recent.find(key("new"))).isNotNull();
    assertThat(recent.find(key("often"))).isNull();
  }

  @Test
  void whatWasNotUsedForTheLongestTimeGoesFirst() {
    recent.put(key("one"), document("one", 4_000));
    recent.put(key("two"), document("two", 4_000));
    assertThat(recent.find(key("one"))).isNotNull();

    recent.put(key("three"), document("three", 4_000));

    assertThat(recent.find(key("two"))).isNull();
    assertThat(recent.find(key("one"))).isNotNull();
    assertThat(recent.find(key("three"))).isNotNull();
  }

  @Test
  void aDocumentThatIsPutAgainCountsOnce() {
    recent.put(key("one"), document("one", 4_000));
    for (int i = 0; i < 10; i++) {
      recent.put(key("two"), document("two", 4_000));
    }

    assertThat(recent.find(key("one"))).isNotNull();
  }

  @Test
  void aDocumentBeyondTheLimitIsNotKeptAndTakesNoOthersPlace() {
    recent.put(key("small"), document("small", 1_000));

    recent.put(key("huge"), document("huge", LIMIT + 1));

    assertThat(recent.find(key("huge"))).isNull();
    assertThat(recent.find(key("small"))).isNotNull();
  }

  private static DocumentIndexes.Key key(String name) {
    return new DocumentIndexes.Key("digest of " + name, name);
  }

  private static PackumentIndex document(String name, int bytes) {
    String head = "{\"name\":\"" + name + "\",\"readme\":\"";
    String json = head + "x".repeat(bytes - head.length() - 2) + "\"}";
    var parse = PackumentIndex.parse(json.getBytes(StandardCharsets.UTF_8), name);
    return ((PackumentParse.Parsed) parse).index();
  }
}
