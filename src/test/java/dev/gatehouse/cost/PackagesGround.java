package dev.gatehouse.cost;

import dev.gatehouse.db.Database;
import dev.gatehouse.registries.Registry;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/// Fills a registry with 100,000 packages by rows, as publishing and fetching would leave them.
final class PackagesGround {
  static final int PACKAGES = 100_000;

  private static final int BATCH = 5_000;
  private static final int VERSIONS = 3;
  private static final long SINCE = 1_600_000_000_000L;
  private static final List<String> WORDS =
      List.of("left", "right", "pad", "box", "fast", "tiny", "core", "react", "stream", "parse");

  private final Database database;
  private final Registry registry;

  PackagesGround(Database database, Registry registry) {
    this.database = database;
    this.registry = registry;
  }

  /// Of the package with that number: numbers that are near are not near by name.
  static String name(int number) {
    int mixed = (int) (number * 2_654_435_761L % 1_000_003 + 1_000_003) % 1_000_003;
    return "%s-%s-%06d".formatted(WORDS.get(mixed % 10), WORDS.get(mixed / 10 % 10), number);
  }

  /// In the middle of the list.
  static String cursor(boolean byName) {
    String key = byName ? "parse" : SINCE + PACKAGES / 2 * 1_000L + " x";
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(key.getBytes(StandardCharsets.UTF_8));
  }

  void fill() {
    for (int from = 0; from < PACKAGES; from += BATCH) {
      int first = from;
      database.write(handle -> {
        packages(handle, first);
        findings(handle, first);
        return true;
      });
    }
  }

  private static boolean hosted(int number) {
    return number % 2 == 0;
  }

  private static String licence(int number) {
    return number % 1_000 == 7 ? "WTFPL" : number % 5 == 0 ? "Apache-2.0" : "MIT";
  }

  private static String hash(int number, int version) {
    return "%0128x".formatted(number * 10L + version);
  }

  private void packages(Handle handle, int first) {
    PreparedBatch packages =
        handle.prepareBatch(
            """
            INSERT INTO package
              (id, registry_id, name, revision, created, modified, details, access, internal)
            VALUES (:id, :registry, :name, 1, :at, :at,
              '{"description":"Pads whatever is too short"}', 'restricted', :internal)
            """);
    PreparedBatch versions =
        handle.prepareBatch(
            """
            INSERT INTO version (package_id, version, manifest, published, publisher, digest, size,
              integrity, shasum)
            VALUES (:id, :version, :manifest, :at, 'ada', :digest, 9000, :integrity, :shasum)
            """);
    PreparedBatch cached =
        handle.prepareBatch(
            """
            INSERT INTO cached_tarball
              (registry_id, name, version, digest, size, integrity, cached)
            VALUES (:registry, :name, :version, :digest, 9000, :integrity, :at)
            """);
    PreparedBatch listed =
        handle.prepareBatch(
            """
            INSERT INTO listed_package
              (registry_id, name, hosted, cached, internal, changed, revision, text)
            VALUES (:registry, :name, :hosted, NOT :hosted, :internal, :at, 1,
              :name || ' pads whatever is too short')
            """);
    for (int number = first; number < first + BATCH; number++) {
      listed.bind("hosted", hosted(number));
      at(listed, number).add();
      if (hosted(number)) {
        at(packages, number).add();
      }
      for (int version = 0; version < VERSIONS; version++) {
        PreparedBatch batch = hosted(number) ? versions : cached;
        String manifest = manifest(number, version);
        batch
            .bind("version", "1.%d.0".formatted(version))
            .bind("manifest", manifest)
            .bind("digest", hash(number, version))
            .bind("integrity", integrity(number, version))
            .bind("shasum", "0".repeat(40));
        at(batch, number).add();
      }
    }
    listed.execute();
    packages.execute();
    versions.execute();
    cached.execute();
  }

  private static String manifest(int number, int version) {
    return """
    {"name":"%s","version":"1.%d.0","description":"Pads whatever is too short, on the left.",
     "license":"%s","scripts":{"test":"node test.js"},"dependencies":{"other":"^1.0.0"},
     "dist":{"integrity":"%s","shasum":"%s"}}
    """
        .formatted(
            name(number), version, licence(number), integrity(number, version), "0".repeat(40));
  }

  private PreparedBatch at(PreparedBatch batch, int number) {
    return batch
        .bind("id", 1_000L + number)
        .bind("registry", registry.id())
        .bind("name", name(number))
        .bind("at", SINCE + number * 1_000L)
        .bind("internal", number % 20 == 0);
  }

  private static String integrity(int number, int version) {
    byte[] bytes = new byte[64];
    bytes[0] = (byte) version;
    for (int i = 1; i < 5; i++) {
      bytes[i] = (byte) (number >> (i * 8 - 8));
    }
    return "sha512-" + Base64.getEncoder().encodeToString(bytes);
  }

  /// Each hundredth is withheld, half of these wait for a person, each fiftieth has an advisory;
  /// the licence of each was read.
  private void findings(Handle handle, int first) {
    for (int number = first; number < first + BATCH; number++) {
      String name = name(number);
      for (int version = 0; version < VERSIONS; version++) {
        handle.execute(
            "INSERT INTO licence_claim (name, version, integrity, licence) VALUES (?, ?, ?, ?)",
            name,
            "1.%d.0".formatted(version),
            integrity(number, version),
            licence(number));
      }
      if (number % 100 == 3) {
        handle.execute(
            """
            INSERT INTO withheld_since
              (registry_id, name, version, verdict, policy, sentence, since)
            VALUES (?, ?, '1.1.0', ?, 'quarantine-new', 'It waits.', 1)
            """,
            registry.id(),
            name,
            number % 200 == 3 ? "quarantine" : "block");
      }
      if (number % 50 == 0) {
        handle.execute(
            """
            INSERT INTO issue (id, workspace_id, number, type, package, cause, severity, title,
              open, opened, changed)
            VALUES (?, ?, ?, 'vulnerability', ?, 'GHSA-1', 'high', 'It is.', TRUE, 1, 1)
            """,
            1_000L + number,
            registry.workspace().id(),
            number + 1_000,
            name);
        handle.execute(
            "INSERT INTO issue_occurrence VALUES (?, ?, '1.1.0', FALSE, 'allowed', FALSE, 1)",
            1_000L + number,
            registry.id());
      }
    }
  }
}
