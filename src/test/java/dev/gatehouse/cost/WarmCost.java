package dev.gatehouse.cost;

import dev.gatehouse.policy.Mode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// A warm document over HTTP, without policies and with ten enforced, in turn; `wrk` asks, and its
/// own processor time does not count. The documents are the same: nothing is withheld.
final class WarmCost {
  private static final int ROUNDS = 7;

  private final Ground ground;

  private WarmCost(Ground ground) {
    this.ground = ground;
  }

  static void run() throws IOException, InterruptedException {
    try (var ground = new Ground()) {
      ground.put("pad", 200, 0);
      new WarmCost(ground).measure();
    }
  }

  private void measure() throws IOException, InterruptedException {
    hammer(10);
    double[] ratios = new double[ROUNDS];
    double[] off = new double[ROUNDS];
    double[] on = new double[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      boolean first = round % 2 == 0;
      for (Mode mode : first ? List.of(Mode.OFF, Mode.ENFORCE) : List.of(Mode.ENFORCE, Mode.OFF)) {
        (mode == Mode.OFF ? off : on)[round] = under(mode);
      }
      ratios[round] = on[round] / off[round];
      Meter.say(
          "  round %d: off %.2f us, on %.2f us, ratio %.3f",
          round + 1, off[round], on[round], ratios[round]);
    }
    Meter.say(
        "warm: a document of 200 versions: %.2f us of processor a request without policies, %.2f us"
            + " with ten; ratio %.3f (medians of %d rounds, load %.1f)",
        Meter.median(off, ROUNDS),
        Meter.median(on, ROUNDS),
        Meter.median(ratios, ROUNDS),
        ROUNDS,
        Meter.load());
  }

  private double under(Mode mode) throws IOException, InterruptedException {
    ground.ten(mode);
    if (ground.get("pad").json().path("versions").size() != 200) {
      throw new IllegalStateException("Something is withheld.");
    }
    hammer(1);
    var meter = Meter.start();
    long requests = hammer(3);
    return meter.cpu() / 1e3 / requests;
  }

  private long hammer(int seconds) throws IOException, InterruptedException {
    Process wrk =
        new ProcessBuilder(
                "wrk",
                "-t1",
                "-c8",
                "-d" + seconds + "s",
                "-H",
                "Authorization: Bearer " + ground.token,
                "-H",
                "Accept-Encoding: gzip",
                ground.server.url() + "/r/default/pad")
            .redirectErrorStream(true)
            .start();
    String said = new String(wrk.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    wrk.waitFor();
    if (said.contains("Non-2xx")) {
      throw new IllegalStateException(said);
    }
    return said.lines()
        .filter(line -> line.contains("requests in"))
        .mapToLong(line -> Long.parseLong(line.strip().split(" ", 2)[0]))
        .sum();
  }
}
