package dev.gatehouse.install.content;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.install.content.TextDiff.Hunk;
import dev.gatehouse.install.content.TextDiff.Kind;
import dev.gatehouse.install.content.TextDiff.Line;
import dev.gatehouse.testing.Randomly;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class TextDiffTest {
  private static String numbered(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(i -> "line " + i + "\n")
        .collect(Collectors.joining());
  }

  /// What a patch makes of `before`.
  private static List<String> apply(List<String> before, TextDiff diff) {
    List<String> after = new ArrayList<>();
    int x = 0;
    for (Hunk hunk : diff.hunks()) {
      while (x < hunk.before() - 1) {
        after.add(before.get(x++));
      }
      assertThat(after).hasSize(hunk.after() - 1);
      for (Line line : hunk.lines()) {
        if (line.kind() != Kind.ADDED) {
          assertThat(before.get(x++)).isEqualTo(line.text());
        }
        if (line.kind() != Kind.REMOVED) {
          after.add(line.text());
        }
      }
    }
    after.addAll(before.subList(x, before.size()));
    return after;
  }

  private static int fewestEdits(List<String> a, List<String> b) {
    int[][] common = new int[a.size() + 1][b.size() + 1];
    for (int i = 1; i <= a.size(); i++) {
      for (int j = 1; j <= b.size(); j++) {
        common[i][j] =
            a.get(i - 1).equals(b.get(j - 1))
                ? common[i - 1][j - 1] + 1
                : Math.max(common[i - 1][j], common[i][j - 1]);
      }
    }
    return a.size() + b.size() - 2 * common[a.size()][b.size()];
  }

  @Test
  void leadsFromEveryTextToEveryOtherByTheFewestLines() {
    Randomly.check(random -> {
      List<String> before = text(random);
      List<String> after = text(random);
      TextDiff diff = TextDiff.of(String.join("\n", before), String.join("\n", after));
      assertThat(apply(before, diff)).as("%s to %s", before, after).isEqualTo(after);
      assertThat(diff.added() + diff.removed()).isEqualTo(fewestEdits(before, after));
    });
  }

  /// Never empty: a text of no line and of one empty line are told apart elsewhere.
  private static List<String> text(RandomGenerator random) {
    return IntStream.rangeClosed(0, random.nextInt(14))
        .mapToObj(_ -> "abc".substring(random.nextInt(3)).substring(0, 1))
        .toList();
  }

  @Test
  void saysNothingOfWhatIsTheSame() {
    assertThat(TextDiff.of("a\nb\n", "a\nb\n").hunks()).isEmpty();
    assertThat(TextDiff.of("", "").hunks()).isEmpty();
  }

  @Test
  void showsThreeLinesAroundAChangeAndNumbersThem() {
    String before = numbered(1, 101);
    TextDiff diff = TextDiff.of(before, before.replace("line 50\n", "LINE 50\n"));
    assertThat(diff.hunks()).hasSize(1);
    Hunk hunk = diff.hunks().getFirst();
    assertThat(hunk.before()).isEqualTo(47);
    assertThat(hunk.after()).isEqualTo(47);
    assertThat(hunk.lines()).hasSize(8);
    assertThat(hunk.lines().get(3)).isEqualTo(new Line(Kind.REMOVED, "line 50"));
    assertThat(hunk.lines().get(4)).isEqualTo(new Line(Kind.ADDED, "LINE 50"));
    assertThat(diff.added()).isEqualTo(1);
    assertThat(diff.removed()).isEqualTo(1);
  }

  @Test
  void showsWhatCameAndWhatWentWhole() {
    TextDiff came = TextDiff.of("", numbered(0, 5));
    assertThat(came.hunks()).hasSize(1);
    assertThat(came.added()).isEqualTo(5);
    assertThat(came.removed()).isZero();
    assertThat(TextDiff.of(numbered(0, 5), "").removed()).isEqualTo(5);
  }

  @Test
  void staysRightWhereTextsDifferTooMuch() {
    List<String> before = List.of(("head\n" + numbered(0, 900) + "tail").split("\n"));
    List<String> after = List.of(("head\n" + numbered(5_000, 5_900) + "tail").split("\n"));
    TextDiff diff = TextDiff.of(String.join("\n", before), String.join("\n", after));
    assertThat(apply(before, diff)).isEqualTo(after);
    assertThat(diff.added()).isEqualTo(900);
  }

  @Test
  void cutsWhatIsTooLong() {
    TextDiff diff = TextDiff.of("x".repeat(5_000), numbered(0, 9_000));
    assertThat(diff.cut()).isTrue();
    assertThat(diff.hunks().getFirst().lines()).hasSize(4_000);
    assertThat(diff.hunks().getFirst().lines().getFirst().text()).hasSize(1_001).endsWith("…");
    assertThat(diff.added()).isEqualTo(9_000);
  }
}
