package dev.gatehouse.testing;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;

/// Broken copies of sound bytes, the same every time: a little fuzzing in every build.
public final class Mutations {
  private static final byte[] ODD = {'"', '{', '}', '[', ']', ',', ':', '\\', '0', '/', 0, -1};

  private Mutations() {}

  /// `count` copies, each with up to three places changed, cut out, doubled or cut off.
  public static Stream<byte[]> of(byte[] sound, int count) {
    var random = new Random(sound.length);
    return Stream.generate(() -> mutated(sound, random)).limit(count);
  }

  private static byte[] mutated(byte[] sound, Random random) {
    var bytes = sound;
    for (var changes = 1 + random.nextInt(3); changes > 0 && bytes.length > 1; changes--) {
      var from = random.nextInt(bytes.length);
      var to = Math.min(bytes.length, from + 1 + random.nextInt(64));
      bytes =
          switch (random.nextInt(5)) {
            case 0 -> joined(bytes, from, new byte[] {ODD[random.nextInt(ODD.length)]}, from + 1);
            case 1 -> joined(bytes, from, new byte[] {(byte) random.nextInt(256)}, from + 1);
            case 2 -> joined(bytes, from, new byte[0], to);
            case 3 -> joined(bytes, to, Arrays.copyOfRange(bytes, from, to), to);
            default -> Arrays.copyOf(bytes, from);
          };
    }
    return bytes;
  }

  /// The first `end` bytes, `middle`, and what begins at `start`.
  private static byte[] joined(byte[] bytes, int end, byte[] middle, int start) {
    var tail = Math.max(0, bytes.length - start);
    var all = Arrays.copyOf(bytes, end + middle.length + tail);
    System.arraycopy(middle, 0, all, end, middle.length);
    System.arraycopy(bytes, bytes.length - tail, all, end + middle.length, tail);
    return all;
  }
}
