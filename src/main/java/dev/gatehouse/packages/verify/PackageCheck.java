package dev.gatehouse.packages.verify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.gatehouse.db.Database;
import dev.gatehouse.packages.verify.Finding.Kind;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Whether tags lead somewhere and manifests are those of their versions.
record PackageCheck(Database database, @Nullable Repairs repairs, Consumer<Finding> findings) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /// A tag is fine if its version is hosted or cached, or if an upstream's document of that name is
  /// here, which may list it.
  private static final String DANGLING =
      """
      SELECT package.id, dist_tag.tag, dist_tag.version,
        workspace.name || '/' || registry.name || ' ' || package.name AS subject
      FROM dist_tag JOIN package ON package.id = dist_tag.package_id
        JOIN registry ON registry.id = package.registry_id
        JOIN workspace ON workspace.id = registry.workspace_id
      WHERE NOT EXISTS (SELECT 1 FROM version JOIN package AS other ON other.id = version.package_id
          WHERE other.name = package.name AND version.version = dist_tag.version)
        AND NOT EXISTS (SELECT 1 FROM cached_tarball
          WHERE cached_tarball.name = package.name AND cached_tarball.version = dist_tag.version
            AND cached_tarball.registry_id = package.registry_id)
        AND package.name NOT IN (SELECT name FROM document WHERE digest IS NOT NULL)
      """;

  private static final String MANIFESTS =
      """
      SELECT package.name, version.version, version.manifest,
        workspace.name || '/' || registry.name || ' ' || package.name || '@' || version.version
          AS subject
      FROM version JOIN package ON package.id = version.package_id
        JOIN registry ON registry.id = package.registry_id
        JOIN workspace ON workspace.id = registry.workspace_id
      """;

  private record Tag(long packageId, String tag, String version, String subject) {}

  void run() {
    List<Tag> dangling =
        database.read(handle ->
            handle
                .createQuery(DANGLING)
                .map((row, _) ->
                    new Tag(row.getLong(1), row.getString(2), row.getString(3), row.getString(4)))
                .list());
    for (Tag tag : dangling) {
      if (repairs != null) {
        repairs.untag(tag.packageId, tag.tag, tag.subject);
      }
      findings.accept(
          new Finding(
              Kind.TAG,
              tag.subject,
              "The tag %s names the version %s, which is nowhere.".formatted(tag.tag, tag.version),
              repairs != null));
    }
    manifests();
  }

  private void manifests() {
    database.read(handle -> {
      handle
          .createQuery(MANIFESTS)
          .setFetchSize(100)
          .map((row, _) ->
              isManifest(row.getString(3), row.getString(1), row.getString(2))
                  ? ""
                  : row.getString(4))
          .forEach(this::reportManifest);
      return true;
    });
  }

  private void reportManifest(String subject) {
    if (!subject.isEmpty()) {
      findings.accept(
          new Finding(
              Kind.MANIFEST,
              subject,
              "The stored manifest is not that of this version: restore the database from a backup.",
              false));
    }
  }

  private static boolean isManifest(String text, String name, String version) {
    try {
      JsonNode manifest = JSON.readTree(text);
      return name.equals(manifest.path("name").asText())
          && version.equals(manifest.path("version").asText());
    } catch (JsonProcessingException _) {
      return false;
    }
  }
}
