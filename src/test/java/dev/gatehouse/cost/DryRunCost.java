package dev.gatehouse.cost;

import dev.gatehouse.packages.download.DownloadLog;
import dev.gatehouse.packages.download.Fetch;
import dev.gatehouse.registries.Registry;
import java.net.InetAddress;

/// 100,000 downloads that were noted, each of another version, before a draft of five policies: by
/// the command, beside the server.
final class DryRunCost {
  private static final int PACKAGES = 2_000;
  private static final int VERSIONS = 50;
  private static final int ROUNDS = 3;
  private static final int FLUSH = 10_000;

  private DryRunCost() {}

  static void run() {
    try (var ground = new Ground()) {
      stage(ground);
      for (int round = 0; round < ROUNDS; round++) {
        var meter = Meter.start();
        String said =
            ground.server.operate(
                "",
                "policy",
                "dryrun",
                "--registry",
                "default",
                "--set",
                "delay=enforce,age=7d",
                "--set",
                "block-list=enforce,list=react*",
                "--set",
                "licences=enforce,rules=[{\"licence\":\"AGPL-*\",\"action\":\"block\",\"severity\":\"high\"}]",
                "--set",
                "exotic=enforce",
                "--set",
                "trust=enforce,unchecked=allow,missing=allow,new-publisher=allow");
        Meter.say("dryrun: %s; %s", meter, said.lines().toList().getLast());
      }
      Meter.say("dryrun: load %.1f", Meter.load());
    }
  }

  private static void stage(Ground ground) {
    DownloadLog log = ground.server.services().downloads();
    Registry registry = ground.server.registry();
    int noted = 0;
    for (int number = 0; number < PACKAGES; number++) {
      String name = "pad-" + number;
      ground.put(name, VERSIONS, 50);
      ground.get(name);
      for (int version = 0; version < VERSIONS; version++) {
        log.note(
            new Fetch(
                registry.workspace().id(),
                registry.id(),
                null,
                InetAddress.getLoopbackAddress(),
                name,
                "%s-1.0.%d.tgz".formatted(name, version)));
        if (++noted % FLUSH == 0) {
          log.flush();
        }
      }
    }
    // Documents and downloads are written when this returns.
    ground.server.restart();
  }
}
