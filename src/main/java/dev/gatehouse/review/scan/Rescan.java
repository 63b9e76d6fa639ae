package dev.gatehouse.review.scan;

import dev.gatehouse.jobs.Work;
import dev.gatehouse.packages.KeptVersions;
import java.time.Duration;
import java.util.List;

/// Looks again at everything that a registry keeps, after its policies have changed: issues are
/// opened for what they object to now. A few hundred packages at a time, so that other jobs have
/// their turn, and one that is cut short goes on where it was.
public record Rescan(Scanner scanner, KeptVersions kept) implements Work {
  private static final int AT_ONCE = 200;

  @Override
  public Outcome run(String payload) {
    int space = payload.indexOf(' ');
    String registry = space < 0 ? payload : payload.substring(0, space);
    String after = space < 0 ? "" : payload.substring(space + 1);
    long registryId = Long.parseLong(registry);
    List<String> names = kept.names(registryId, after, AT_ONCE);
    scanner.lookAtKept(registryId, names);
    return names.size() < AT_ONCE
        ? new Done()
        : new Next(registry + " " + names.getLast(), Duration.ZERO);
  }
}
