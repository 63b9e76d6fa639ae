package dev.gatehouse.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// A feed of advisories that a test writes.
public final class TestingFeed {
  private final Map<String, String> records = new LinkedHashMap<>();

  /// Says that `versions` (JSON texts, separated by commas) of the package called `name` are
  /// malware.
  public TestingFeed malware(String id, String name, String versions) {
    return record(id, malwareRecord(id, name, versions));
  }

  /// Says that versions of the package called `name` below `fixed` are vulnerable.
  public TestingFeed vulnerable(String id, String name, String fixed) {
    return record(id, vulnerableRecord(id, name, fixed));
  }

  /// Holds any text under `id`.
  public TestingFeed record(String id, String json) {
    records.put(id + ".json", json);
    return this;
  }

  /// Holds a record no more.
  public TestingFeed without(String id) {
    records.remove(id + ".json");
    return this;
  }

  /// A record of malware.
  public static String malwareRecord(String id, String name, String versions) {
    return """
    {"id":"%s","modified":"2026-01-01T00:00:00Z","summary":"Malware in %s",
    "affected":[{"package":{"ecosystem":"npm","name":"%s"},"versions":[%s]}]}
    """
        .formatted(id, name, name, versions);
  }

  /// A record of something that was fixed, with a severity and a score.
  public static String vulnerableRecord(String id, String name, String fixed) {
    return """
    {"id":"%s","modified":"2026-01-01T00:00:00Z","summary":"A hole in %s",
    "severity":[{"type":"CVSS_V3","score":"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"}],
    "database_specific":{"severity":"CRITICAL","cwe_ids":["CWE-79"]},
    "affected":[{"package":{"ecosystem":"npm","name":"%s"},
    "ranges":[{"type":"SEMVER","events":[{"introduced":"0"},{"fixed":"%s"}]}]}]}
    """
        .formatted(id, name, name, fixed);
  }

  /// The zip as a feed's export is.
  public byte[] zip() {
    var bytes = new java.io.ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, String> one : records.entrySet()) {
        zip.putNextEntry(new ZipEntry(one.getKey()));
        zip.write(one.getValue().getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /// Writes the zip into `directory` and gives its path.
  public Path zip(Path directory) {
    try {
      return Files.write(directory.resolve("all.zip"), zip());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
