package dev.gatehouse.cost;

import dev.gatehouse.policy.Mode;
import dev.gatehouse.registries.Registry;
import dev.gatehouse.registries.Upstreams;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// A warm document over HTTP, of a registry without policies and of one with ten enforced, in turn,
/// many times for a second each; `wrk` asks, and its own processor time does not count. The
/// documents are as long: nothing is withheld.
final class WarmCost {
  private static final int ROUNDS = 41;
  private static final int VERSIONS = 200;
  private static final List<String> REGISTRIES = List.of("open", "shut");

  private final Ground ground;

  private WarmCost(Ground ground) {
    this.ground = ground;
  }

  static void run() throws IOException, InterruptedException {
    try (var ground = new Ground()) {
      ground.put("pad", VERSIONS, 0);
      for (String name : REGISTRIES) {
        ground.server.addRegistry(
            name, Registry.Settings.of(Registry.Kind.STANDARD), new Upstreams.Public());
      }
      ground.ten("shut", Mode.ENFORCE);
      new WarmCost(ground).measure();
    }
  }

  private void measure() throws IOException, InterruptedException {
    for (String registry : REGISTRIES) {
      var document = ground.server.get(ground.token, "/r/" + registry + "/pad").json();
      if (document.path("versions").size() != VERSIONS) {
        throw new IllegalStateException("Something is withheld in " + registry);
      }
      hammer(registry, 6);
    }
    double[] open = new double[ROUNDS];
    double[] shut = new double[ROUNDS];
    double[] ratios = new double[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      if (round % 2 == 0) {
        open[round] = cost("open");
        shut[round] = cost("shut");
      } else {
        shut[round] = cost("shut");
        open[round] = cost("open");
      }
      ratios[round] = shut[round] / open[round];
    }
    Meter.say(
        "warm: a document of %d versions: %.2f us of the processor a request without policies, %.2f"
            + " us with ten; ratio %.3f (medians of %d rounds, load %.1f)",
        VERSIONS,
        Meter.median(open, ROUNDS),
        Meter.median(shut, ROUNDS),
        Meter.median(ratios, ROUNDS),
        ROUNDS,
        Meter.load());
  }

  /// Microseconds a request.
  private double cost(String registry) throws IOException, InterruptedException {
    var meter = Meter.start();
    long requests = hammer(registry, 1);
    return meter.cpu() / 1e3 / requests;
  }

  private long hammer(String registry, int seconds) throws IOException, InterruptedException {
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
                ground.server.url() + "/r/" + registry + "/pad")
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
