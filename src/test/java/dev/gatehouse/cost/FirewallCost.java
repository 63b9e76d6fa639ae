package dev.gatehouse.cost;

import java.nio.file.Path;
import java.util.List;

/// Prints what the firewall costs. Not a test: `scripts/firewall-cost CASE…` runs it. Everything is
/// measured on a real server with a real upstream, in processor time where others on the machine
/// would count otherwise.
final class FirewallCost {
  private FirewallCost() {}

  public static void main(String[] cases) throws Exception {
    for (String one : cases) {
      List<String> words = List.of(one.split("=", 2));
      String with = words.size() > 1 ? words.getLast() : "";
      switch (words.getFirst()) {
        case "judge" -> JudgeCost.run();
        case "warm" -> WarmCost.run();
        case "dryrun" -> DryRunCost.run();
        case "malware" -> MalwareCost.run(with.isEmpty() ? null : Path.of(with));
        case "feed" -> FeedCost.real(Path.of(with));
        case "synthetic" -> FeedCost.synthetic();
        case "packages" -> PackagesCost.run();
        default -> throw new IllegalArgumentException(one);
      }
    }
  }
}
