package dev.gatehouse.advisories.osv;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The score of a CVSS 4.0 vector. Vectors fall into 270 classes, *macro vectors*, by six
/// equivalences (EQ1 to EQ6); the worst of each class has a score in a table, and the others score
/// less by how far they are from it on the way to the next classes below.
final class FourScore {
  private static final String TABLE = "/cvss/macrovectors-4.0.txt";
  private static final Map<String, Double> WORST = read();

  /// The metrics that an equivalence is about, from the worst value to the least. EQ3 and EQ6 go
  /// together.
  private static final List<List<String>> METRICS =
      List.of(
          List.of("AV:NALP", "PR:NLH", "UI:NPA"),
          List.of("AC:LH", "AT:NP"),
          List.of("VC:HLN", "VI:HLN", "VA:HLN", "CR:HML", "IR:HML", "AR:HML"),
          List.of("SC:SHLN", "SI:SHLN", "SA:SHLN"));

  /// The worst vectors of each class of these equivalences, in the order of [#METRICS].
  private static final Map<String, List<String>> MAXIMA =
      Map.ofEntries(
          Map.entry("1-0", List.of("NNN")),
          Map.entry("1-1", List.of("ANN", "NLN", "NNP")),
          Map.entry("1-2", List.of("PNN", "ALP")),
          Map.entry("2-0", List.of("LN")),
          Map.entry("2-1", List.of("HN", "LP")),
          Map.entry("3-00", List.of("HHHHHH")),
          Map.entry("3-01", List.of("HHLMMH", "HHHMMM")),
          Map.entry("3-10", List.of("LHHHHH", "HLHHHH")),
          Map.entry("3-11", List.of("LHLHMH", "LHHHMM", "HLHMHM", "HLLMHH", "LLHHHM")),
          Map.entry("3-21", List.of("LLLHHH")),
          Map.entry("4-0", List.of("HSS")),
          Map.entry("4-1", List.of("HHH")),
          Map.entry("4-2", List.of("LLL")));

  /// How many steps lie within each class.
  private static final Map<String, Integer> DEPTHS =
      Map.ofEntries(
          Map.entry("1-0", 1),
          Map.entry("1-1", 4),
          Map.entry("1-2", 5),
          Map.entry("2-0", 1),
          Map.entry("2-1", 2),
          Map.entry("3-00", 7),
          Map.entry("3-01", 6),
          Map.entry("3-10", 8),
          Map.entry("3-11", 8),
          Map.entry("3-21", 10),
          Map.entry("4-0", 6),
          Map.entry("4-1", 5),
          Map.entry("4-2", 4));

  private final FourMetrics metrics;
  private final int[] eq;

  private FourScore(FourMetrics metrics) {
    this.metrics = metrics;
    this.eq = new int[] {eq1(), eq2(), eq3(), eq4(), eq5(), eq6()};
  }

  static double of(FourMetrics metrics) {
    return metrics.isHarmless() ? 0 : new FourScore(metrics).score();
  }

  private int eq1() {
    boolean network = metrics.is("AV", "N");
    boolean free = metrics.is("PR", "N");
    boolean alone = metrics.is("UI", "N");
    if (network && free && alone) {
      return 0;
    }
    return (network || free || alone) && !metrics.is("AV", "P") ? 1 : 2;
  }

  private int eq2() {
    return metrics.is("AC", "L") && metrics.is("AT", "N") ? 0 : 1;
  }

  private int eq3() {
    boolean secrets = metrics.is("VC", "H");
    boolean changes = metrics.is("VI", "H");
    if (secrets && changes) {
      return 0;
    }
    return secrets || changes || metrics.is("VA", "H") ? 1 : 2;
  }

  private int eq4() {
    if (metrics.is("SI", "S") || metrics.is("SA", "S")) {
      return 0;
    }
    return metrics.is("SC", "H") || metrics.is("SI", "H") || metrics.is("SA", "H") ? 1 : 2;
  }

  private int eq5() {
    return "APU".indexOf(metrics.get("E"));
  }

  private int eq6() {
    boolean needed =
        (metrics.is("CR", "H") && metrics.is("VC", "H"))
            || (metrics.is("IR", "H") && metrics.is("VI", "H"))
            || (metrics.is("AR", "H") && metrics.is("VA", "H"));
    return needed ? 0 : 1;
  }

  private double score() {
    double worst = Objects.requireNonNull(table(0, 0, 0, 0, 0, 0), "in the table");
    double less = 0;
    int ways = 0;
    for (int way = 0; way < 5; way++) {
      Double below = below(way);
      if (below != null) {
        ways++;
        less += way == 4 ? 0 : (worst - below) * distance(way);
      }
    }
    double score = worst - (ways == 0 ? 0 : less / ways);
    // A hair more, so that halves are rounded up whatever binary fractions make of them.
    return Math.round(Math.clamp(score, 0, 10) * 10 + 1e-5) / 10.0;
  }

  /// What the class below scores: along EQ1, EQ2, EQ3 with EQ6, EQ4, or EQ5. Null if there is none.
  private @Nullable Double below(int way) {
    return switch (way) {
      case 0 -> table(1, 0, 0, 0, 0, 0);
      case 1 -> table(0, 1, 0, 0, 0, 0);
      case 2 -> belowThree();
      case 3 -> table(0, 0, 0, 1, 0, 0);
      default -> table(0, 0, 0, 0, 1, 0);
    };
  }

  private @Nullable Double belowThree() {
    if (eq[5] == 1) {
      return table(0, 0, 1, 0, 0, 0);
    }
    Double one = table(0, 0, 0, 0, 0, 1);
    Double other = eq[2] == 0 ? table(0, 0, 1, 0, 0, 0) : null;
    if (one == null || other == null) {
      return one;
    }
    return Math.max(one, other);
  }

  /// How far the vector is from the worst of its class, of all the way through it: 0 to 1.
  private double distance(int way) {
    String key = (way + 1) + "-" + (way == 2 ? "" + eq[2] + eq[5] : "" + eq[way]);
    for (String maximum : Objects.requireNonNull(MAXIMA.get(key), key)) {
      int steps = steps(METRICS.get(way), maximum);
      if (steps >= 0) {
        return (double) steps / Objects.requireNonNull(DEPTHS.get(key), key);
      }
    }
    throw new IllegalStateException("No worst vector is above " + metrics);
  }

  /// The steps down from `maximum`; less than 0 if that is not above.
  private int steps(List<String> names, String maximum) {
    int steps = 0;
    for (int at = 0; at < names.size(); at++) {
      String order = names.get(at).substring(3);
      int step =
          order.indexOf(metrics.get(names.get(at).substring(0, 2)))
              - order.indexOf(maximum.charAt(at));
      if (step < 0) {
        return -1;
      }
      steps += step;
    }
    return steps;
  }

  private @Nullable Double table(int... more) {
    var key = new StringBuilder();
    for (int at = 0; at < eq.length; at++) {
      key.append(eq[at] + more[at]);
    }
    return WORST.get(key.toString());
  }

  private static Map<String, Double> read() {
    Map<String, Double> scores = new HashMap<>();
    try (InputStream in =
            Objects.requireNonNull(FourScore.class.getResourceAsStream(TABLE), TABLE);
        var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      lines.lines().filter(line -> !line.startsWith("#")).forEach(line -> read(line, scores));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    return Map.copyOf(scores);
  }

  private static void read(String line, Map<String, Double> scores) {
    String[] words = line.split(" ", -1);
    boolean always = words[0].endsWith("2");
    for (int at = 1; at < words.length; at++) {
      int place = always ? at * 2 - 1 : at - 1;
      String rest = "%d%d%d".formatted(place / 6, place / 2 % 3, place % 2);
      scores.put(words[0] + rest, Double.valueOf(words[at]));
    }
  }
}
