package dev.gatehouse.publish.pull;

import dev.gatehouse.install.tarball.Tarballs.BroughtIn;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Consumer;

/// Counts what a pull has done and tells whoever watches.
final class Progress {
  private static final int MOST_SENTENCES = 10_000;

  private final Consumer<Pulled.Tally> watcher;
  private final TreeSet<String> failures = new TreeSet<>();
  private final TreeSet<String> skipped = new TreeSet<>();
  private Pulled.Tally tally = new Pulled.Tally(0, 0, 0, 0, 0);

  Progress(Consumer<Pulled.Tally> watcher) {
    this.watcher = watcher;
  }

  synchronized void found() {
    count(1, 0, 0, 0, 0);
  }

  synchronized void brought(BroughtIn in) {
    count(0, in.fetched() ? 1 : 0, in.fetched() ? 0 : 1, 0, in.fetched() ? in.bytes() : 0);
  }

  synchronized void failed(String sentence) {
    if (failures.size() < MOST_SENTENCES) {
      failures.add(sentence);
    }
    count(0, 0, 0, 1, 0);
  }

  synchronized void skipped(String sentence) {
    if (skipped.size() < MOST_SENTENCES) {
      skipped.add(sentence);
    }
  }

  synchronized Pulled done() {
    return new Pulled(tally, List.copyOf(failures), new ArrayList<>(skipped));
  }

  private void count(int known, int fetched, int there, int failed, long bytes) {
    tally =
        new Pulled.Tally(
            tally.known() + known,
            tally.fetched() + fetched,
            tally.there() + there,
            tally.failed() + failed,
            tally.bytes() + bytes);
    watcher.accept(tally);
  }
}
