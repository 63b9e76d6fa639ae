package dev.gatehouse.packages.verify;

import dev.gatehouse.blob.Blobs;
import dev.gatehouse.db.Database;
import dev.gatehouse.db.Dialect;
import dev.gatehouse.npm.Hash;
import dev.gatehouse.npm.Hash.Algorithm;
import dev.gatehouse.packages.CachedTarballs;
import dev.gatehouse.packages.CachedTarballs.CachedTarball;
import dev.gatehouse.packages.DocumentRows;
import dev.gatehouse.packages.DocumentRows.DocumentRow;
import dev.gatehouse.testing.TestingDatabase;
import dev.gatehouse.testing.TestingDatabases;
import dev.gatehouse.testing.TestingDirectories;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// A store and the rows over it, with one registry `default` of the workspace `default`.
final class TestingStore implements AutoCloseable {
  final TestingDatabase databases;
  final Blobs blobs;
  final long registry;
  private final Path directory;

  TestingStore(Dialect dialect) throws IOException {
    databases = TestingDatabases.fresh(dialect);
    directory = Files.createTempDirectory("gatehouse-test");
    blobs = new Blobs(directory);
    registry = databases.registry(databases.workspace("default"), "default");
  }

  Database database() {
    return databases.database();
  }

  /// Stores `text` under its digest.
  String blob(Algorithm algorithm, String text) throws IOException {
    String digest = hash(algorithm, text).hex();
    blobs.keep(Files.writeString(blobs.newScratchFile(), text), digest);
    return digest;
  }

  /// A version that was published here, its tarball being `text`. Returns the digest.
  String published(String name, String version, String text) throws IOException {
    String digest = blob(Algorithm.SHA512, text);
    String manifest = "{\"name\":\"%s\",\"version\":\"%s\"}".formatted(name, version);
    databases
        .database()
        .write(handle -> {
          handle.execute(
              """
              INSERT INTO package
                (registry_id, name, revision, created, modified, details, access, internal)
              VALUES (?, ?, 1, 0, 0, '{}', 'restricted', TRUE) ON CONFLICT DO NOTHING
              """,
              registry,
              name);
          return handle.execute(
              """
              INSERT INTO version (package_id, version, manifest, published, publisher, digest,
                size, integrity, shasum)
              VALUES ((SELECT id FROM package WHERE name = ?), ?, ?, 0, 'ada', ?, ?, ?, '')
              """,
              name,
              version,
              manifest,
              digest,
              text.length(),
              hash(Algorithm.SHA512, text).toString());
        });
    return digest;
  }

  /// A tarball of an upstream. Returns the digest.
  String cached(String name, String version, String text) throws IOException {
    String digest = blob(Algorithm.SHA512, text);
    var row =
        new CachedTarball(
            registry,
            name,
            version,
            digest,
            text.length(),
            hash(Algorithm.SHA512, text).toString());
    databases
        .database()
        .write(handle -> {
          CachedTarballs.add(handle, row, 0);
          return row;
        });
    return digest;
  }

  /// A document of an upstream. Returns the digest.
  String document(String name, String text) throws IOException {
    String digest = blob(Algorithm.SHA256, text);
    databases
        .database()
        .write(handle ->
            String.valueOf(
                DocumentRows.save(
                    handle, new DocumentRow("http://u/", name, digest, null, null, 0))));
    return digest;
  }

  void tag(String name, String tag, String version) {
    execute(
        "INSERT INTO dist_tag (package_id, tag, version) VALUES ((SELECT id FROM package WHERE name"
            + " = ?), ?, ?)",
        name,
        tag,
        version);
  }

  void execute(String sql, Object... values) {
    databases.database().write(handle -> handle.execute(sql, values));
  }

  long count(String table) {
    return databases
        .database()
        .read(
            handle -> handle.createQuery("SELECT COUNT(*) FROM " + table).mapTo(Long.class).one());
  }

  void damage(String digest) throws IOException {
    Files.writeString(blobs.path(digest), "damaged");
  }

  @Override
  public void close() {
    databases.close();
    TestingDirectories.delete(directory);
  }

  private static Hash hash(Algorithm algorithm, String text) {
    try {
      return Hash.of(
          algorithm,
          MessageDigest.getInstance(algorithm.javaName())
              .digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
