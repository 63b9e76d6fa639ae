package dev.gatehouse.cost;

import dev.gatehouse.advisories.Advisories;
import dev.gatehouse.advisories.feed.Feed;
import dev.gatehouse.advisories.feed.Imported;
import dev.gatehouse.advisories.feed.Importer;
import dev.gatehouse.advisories.feed.Kept;
import dev.gatehouse.advisories.osv.OsvFiles;
import dev.gatehouse.advisories.osv.OsvReader;
import dev.gatehouse.audit.Actor;
import dev.gatehouse.db.Changes;
import dev.gatehouse.db.Database;
import dev.gatehouse.db.Dialect;
import dev.gatehouse.npm.semver.Version;
import dev.gatehouse.testing.TestingDatabase;
import dev.gatehouse.testing.TestingDatabases;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// Taking feeds over and looking advisories up, on SQLite on the disk.
final class FeedCost implements AutoCloseable {
  private static final int SYNTHETIC = 250_000;
  private static final int USED = 1_000;
  private static final int ROUNDS = 50;
  private static final int CHANGED_IN = 50;
  private static final Version SOME = Objects.requireNonNull(Version.parse("1.2.3"));

  private final TestingDatabase place = TestingDatabases.fresh(Dialect.SQLITE);
  private final Database database = place.database();
  private final Changes changes = new Changes(database);
  private final Advisories advisories = new Advisories(database, changes);
  private final Importer importer =
      new Importer(
          new Importer.Parts(
              database,
              Clock.systemUTC(),
              new Kept(_ -> Set.of(), _ -> Set.of()),
              5,
              advisories::reload));
  private long matches;

  /// A zip of real records: all of it, the same once more, and with some of it changed.
  static void real(Path zip) throws IOException {
    try (var cost = new FeedCost()) {
      cost.take("all of it", zip);
      cost.take("nothing new", zip);
      Path later = Files.createTempFile("later", ".zip");
      changed(zip, later);
      cost.take("a fiftieth changed, as much new", later);
      Files.delete(later);
      cost.lookUp(names(zip));
    }
  }

  /// 250,000 records made up after those of malware, in whatever heap there is.
  static void synthetic() throws IOException {
    Path zip = Files.createTempFile("synthetic", ".zip");
    try (var out = zip(zip)) {
      for (int number = 0; number < SYNTHETIC; number++) {
        add(out, "MAL-2026-" + number, synthetic(number));
      }
    }
    Meter.say(
        "feed: %,d records in a zip of %.1f MB, a heap of %d MB at most",
        SYNTHETIC, Files.size(zip) / 1e6, Runtime.getRuntime().maxMemory() >> 20);
    try (var cost = new FeedCost()) {
      cost.take("250,000 records", zip);
      cost.take("nothing new", zip);
      List<String> names = new ArrayList<>();
      for (int number = 0; number < SYNTHETIC; number += 50) {
        names.add("evil-" + number);
      }
      cost.lookUp(names);
    }
    Files.delete(zip);
  }

  private void take(String what, Path zip) throws IOException {
    var meter = Meter.start();
    Imported done =
        importer.replace(
            new Actor.Operator(),
            new Feed("osv", Feed.Trust.GUARDED, "zip"),
            sink -> OsvFiles.read(zip, sink),
            Importer.Options.NONE);
    Meter.say(
        "feed: %s: %s; %,d records, %,d added, %,d removed",
        what, meter, done.records(), done.added(), done.removed());
  }

  /// As many as people use: what was read is kept while there is room.
  private void lookUp(List<String> all) {
    int step = Math.max(1, all.size() / USED);
    List<String> names =
        IntStream.range(0, all.size() / step).mapToObj(at -> all.get(at * step)).toList();
    double first = nanoseconds(names);
    double[] again = new double[ROUNDS];
    double[] absent = new double[ROUNDS];
    List<String> unknown = names.stream().map(name -> name + "-x").toList();
    for (int round = 0; round < ROUNDS; round++) {
      again[round] = nanoseconds(names);
      absent[round] = nanoseconds(unknown);
    }
    Meter.say(
        "feed: looking up one version of %,d names: %.2f us a name that has advisories (%.0f us the"
            + " first time, from the database), %.3f us one that has none; %,d matches",
        names.size(),
        Meter.median(again, ROUNDS / 2) / 1e3,
        first / 1e3,
        Meter.median(absent, ROUNDS / 2) / 1e3,
        matches);
  }

  private double nanoseconds(List<String> names) {
    long before = Meter.thread();
    for (String name : names) {
      matches += advisories.touching(name, SOME).size();
    }
    return (double) (Meter.thread() - before) / names.size();
  }

  private static List<String> names(Path zip) throws IOException {
    Set<String> names = new TreeSet<>();
    OsvFiles.read(
        zip, (where, json) -> names.addAll(OsvReader.read(json, where, "osv").packages().keySet()));
    return List.copyOf(names);
  }

  /// One record in fifty says something else, and one more comes beside it.
  private static void changed(Path from, Path to) throws IOException {
    int[] count = new int[1];
    try (var out = zip(to)) {
      OsvFiles.read(
          from,
          (where, json) -> {
            String text = new String(json, StandardCharsets.UTF_8);
            String id = where.replace(".json", "");
            boolean other = count[0]++ % CHANGED_IN == 0;
            add(out, id, other ? text.stripTrailing() + "\n \n" : text);
            if (other) {
              add(out, "MAL-2026-" + count[0], synthetic(count[0]));
            }
          });
    }
  }

  private static String synthetic(int number) {
    return """
    {"schema_version":"1.7.4","id":"MAL-2026-%d","modified":"2026-11-20T10:00:00Z",
     "published":"2026-11-20T09:00:00Z","aliases":["GHSA-%04x-%04x-xxxx"],
     "summary":"Malicious code in evil-%d (npm)",
     "details":"%s",
     "references":[{"type":"WEB","url":"https://advisories.test/evil-%d"}],
     "affected":[{"package":{"ecosystem":"npm","name":"evil-%d","purl":"pkg:npm/evil-%d"},
       "ranges":[{"type":"SEMVER","events":[{"introduced":"0"}]}],
       "versions":["1.0.0","1.0.1","1.2.3"],
       "database_specific":{"cwes":[{"cweId":"CWE-506"}]}}],
     "database_specific":{"malicious-packages-origins":[{"source":"somebody","sha256":"%064x"}]}}
    """
        .formatted(
            number,
            number >> 16,
            number & 0xffff,
            number,
            "The package says that it pads and does something else. ".repeat(6),
            number,
            number,
            number,
            number);
  }

  private static ZipOutputStream zip(Path path) throws IOException {
    return new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(path)));
  }

  private static void add(ZipOutputStream zip, String id, String json) {
    try {
      zip.putNextEntry(new ZipEntry(id + ".json"));
      zip.write(json.getBytes(StandardCharsets.UTF_8));
      zip.closeEntry();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Override
  public void close() {
    changes.close();
    place.close();
  }
}
