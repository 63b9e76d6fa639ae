package dev.gatehouse.npm.packument.merge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testing.Randomly;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TagRepairTest {
  private static final String[] VERSIONS = {
    "0.1.0", "1.0.0-a", "1.0.0-b", "1.0.0", "1.1.0", "1.1.0+x", "2.0.0-rc.1", "2.0.0", "10.0.0"
  };

  private static Set<String> versions(String list) {
    return Arrays.stream(list.trim().split(" +", -1))
        .filter(version -> !version.isEmpty())
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private static Map<String, String> tags(String list) {
    return versions(list).stream()
        .map(tag -> tag.split("=", 2))
        .collect(Collectors.toMap(tag -> tag[0], tag -> tag[1], (a, _) -> a, TreeMap::new));
  }

  @ParameterizedTest(name = "{0} over {1} becomes {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          latest=1.0.0              | 1.0.0 2.0.0               | latest=1.0.0
          latest=2.0.0              | 1.0.0 1.9.0 1.10.0 3.0.0  | latest=1.10.0
          latest=2.0.0              | 1.9.0 2.0.0-rc.1          | latest=1.9.0
          latest=2.0.0              | 2.0.0-rc.1 2.0.0-rc.10    | latest=2.0.0-rc.10
          latest=2.0.0              | 3.0.0 4.0.0 5.0.0-a       | latest=4.0.0
          latest=2.0.0              | 3.0.0-a 3.0.0-b           | latest=3.0.0-b
          latest=2.0.0              | ''                        | ''
          ''                        | 1.0.0 2.0.0 3.0.0-a       | latest=2.0.0
          next=2.0.0                | 3.0.0                     | latest=3.0.0
          next=5.0.0-b.3 latest=4.9.0 | 3.0.0-a 4.9.0 5.0.0-b.2 | latest=4.9.0 next=5.0.0-b.2
          next=5.0.0-b.3 latest=4.9.0 | 3.0.0-a 4.9.0           | latest=4.9.0 next=4.9.0
          old=1.5.0 latest=3.0.0    | 1.4.0 1.5.0-z 3.0.0       | latest=3.0.0 old=1.4.0
          a=nonsense latest=../x    | 1.0.0                     | latest=1.0.0
          a=1.0.0+x latest=1.0.0    | 1.0.0                     | a=1.0.0 latest=1.0.0
          latest=99999999999999999999.0.0 | 1.0.0               | latest=1.0.0
          """)
  void movesTagsToTheNewestServedVersionBelow(String tags, String served, String repaired) {
    assertThat(TagRepair.repair(tags(tags), versions(served))).isEqualTo(tags(repaired));
  }

  @Test
  void namesOnlyServedVersionsAndInventsNoTagButLatest() {
    Randomly.check(random -> requireSound(someTags(random), someVersions(random)));
  }

  private static void requireSound(Map<String, String> tags, Set<String> served) {
    Map<String, String> repaired = TagRepair.repair(tags, served);
    assertThat(served).containsAll(repaired.values());
    assertThat(repaired.containsKey("latest")).isEqualTo(!served.isEmpty());
    assertThat(repaired.keySet()).allMatch(tag -> tag.equals("latest") || tags.containsKey(tag));
    tags.forEach((tag, target) -> {
      if (served.contains(target)) {
        assertThat(repaired).containsEntry(tag, target);
      }
    });
  }

  private static Set<String> someVersions(RandomGenerator random) {
    var versions = new LinkedHashSet<String>();
    for (int left = random.nextInt(9); left > 0; left--) {
      versions.add(Randomly.oneOf(random, VERSIONS));
    }
    return versions;
  }

  private static Map<String, String> someTags(RandomGenerator random) {
    var tags = new TreeMap<String, String>();
    for (String tag : new String[] {"latest", "next", "beta", "v1"}) {
      if (random.nextBoolean()) {
        tags.put(tag, Randomly.oneOf(random, VERSIONS));
      }
    }
    return tags;
  }
}
