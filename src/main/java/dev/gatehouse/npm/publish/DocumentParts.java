package dev.gatehouse.npm.publish;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.npm.tarball.ScratchTarball;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// What was read of a document, before anyone asked whether it agrees with itself. It owns the
/// scratch file until [#release].
final class DocumentParts implements AutoCloseable {
  /// The members of the document that are a string.
  enum Text {
    ID("_id"),
    NAME("name"),
    REVISION("_rev"),
    ACCESS("access"),
    DESCRIPTION("description"),
    README("readme"),
    README_FILENAME("readmeFilename");

    final String member;

    Text(String member) {
      this.member = member;
    }

    /// Old documents hold anything where prose belongs; that is no reason to refuse a deprecation.
    boolean isProse() {
      return switch (this) {
        case DESCRIPTION, README, README_FILENAME -> true;
        case ID, NAME, REVISION, ACCESS -> false;
      };
    }
  }

  /// One member of `_attachments`. A tarball has bytes, a sigstore bundle has text.
  record Attachment(
      String key,
      @Nullable String contentType,
      @Nullable JsonNode length,
      @Nullable ScratchTarball tarball,
      @Nullable String text) {}

  final EnumMap<Text, String> texts = new EnumMap<>(Text.class);
  final List<Attachment> attachments = new ArrayList<>();
  @Nullable SequencedMap<String, String> distTags;

  /// Each version of the document with its `deprecated`, null if it has none.
  @Nullable Map<String, @Nullable JsonNode> versions;

  /// The manifest of the first version. Only a document with one version can be a publication.
  @Nullable ObjectNode manifest;

  @Nullable Map<String, Boolean> users;
  @Nullable List<Revision.Maintainer> maintainers;

  @Nullable ScratchTarball scratch;

  @Nullable String text(Text text) {
    return texts.get(text);
  }

  Map<String, @Nullable JsonNode> newVersions() {
    var fresh = new LinkedHashMap<String, @Nullable JsonNode>();
    versions = fresh;
    return fresh;
  }

  /// From now on the scratch file is the caller's.
  void release() {
    scratch = null;
  }

  @Override
  public void close() {
    if (scratch != null) {
      scratch.close();
    }
  }
}
