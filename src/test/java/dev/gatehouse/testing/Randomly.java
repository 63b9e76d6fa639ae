package dev.gatehouse.testing;

import java.util.Random;
import java.util.random.RandomGenerator;

/// Tries a property with a thousand random inputs, others on every run. A failure names the seed of
/// its input; `-Drandom.seed=…` tries that one first.
public final class Randomly {
  private static final int TRIES = 1_000;
  private static final int LONGEST = 40;
  private static final String EDGES =
      "\0\t\n\r \"\\/%.-_~@:*'{}[]()\u007f\u0080\u00df\u07ff\u0800\u2028\ud83d\ude00\ufeff\uffff";

  private Randomly() {}

  /// What has to hold, whatever comes out of `random`.
  @FunctionalInterface
  public interface Property {
    /// Throws if it does not hold.
    void check(RandomGenerator random) throws Exception;
  }

  /// Tries `property` many times.
  public static void check(Property property) {
    long first = Long.getLong("random.seed", new Random().nextLong());
    for (int i = 0; i < TRIES; i++) {
      long seed = first + i;
      try {
        property.check(new Random(seed));
      } catch (Exception | AssertionError failure) {
        throw new AssertionError("Fails with -Drandom.seed=" + seed, failure);
      }
    }
  }

  /// Any text at all, often empty or with what texts trip over, halves of surrogate pairs included.
  public static String text(RandomGenerator random) {
    var text = new StringBuilder();
    for (int left = random.nextInt(LONGEST); left > 0; left--) {
      switch (random.nextInt(4)) {
        case 0 -> text.append(EDGES.charAt(random.nextInt(EDGES.length())));
        case 1 -> text.append((char) random.nextInt(Character.MAX_VALUE + 1));
        case 2 -> text.appendCodePoint(random.nextInt(Character.MAX_CODE_POINT + 1));
        default -> text.append((char) (' ' + random.nextInt(95)));
      }
    }
    return text.toString();
  }

  /// Any bytes at all.
  public static byte[] bytes(RandomGenerator random) {
    var bytes = new byte[random.nextInt(LONGEST)];
    random.nextBytes(bytes);
    return bytes;
  }

  /// One of `choices`.
  @SafeVarargs
  public static <T> T oneOf(RandomGenerator random, T... choices) {
    return choices[random.nextInt(choices.length)];
  }

  /// Up to `most` of `choices` behind each other.
  public static String joined(RandomGenerator random, int most, String... choices) {
    var text = new StringBuilder();
    for (int left = random.nextInt(most + 1); left > 0; left--) {
      text.append(oneOf(random, choices));
    }
    return text.toString();
  }
}
