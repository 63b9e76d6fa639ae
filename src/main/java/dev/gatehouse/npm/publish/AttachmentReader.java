package dev.gatehouse.npm.publish;

import com.fasterxml.jackson.core.Base64Variants;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.npm.BoundedJson;
import dev.gatehouse.npm.Quoted;
import dev.gatehouse.npm.publish.DocumentParts.Attachment;
import dev.gatehouse.npm.tarball.ScratchTarball;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads `_attachments`. The base64 text of a tarball goes through the parser's small buffer into
/// the scratch file; it never becomes a string.
final class AttachmentReader {
  private final JsonParser parser;
  private final BoundedJson json;
  private final Path scratchDirectory;
  private final long tarballBytes;

  AttachmentReader(JsonParser parser, BoundedJson json, Path scratchDirectory, long tarballBytes) {
    this.parser = parser;
    this.json = json;
    this.scratchDirectory = scratchDirectory;
    this.tarballBytes = tarballBytes;
  }

  void readInto(DocumentParts parts) throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_NULL) {
      return;
    }
    requireObject("\"_attachments\"");
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      var key = json.counted(parser.currentName());
      refuseUnexpected(key, parts);
      parser.nextToken();
      requireObject("The attachment " + Quoted.quote(key));
      parts.attachments.add(readOne(key, parts));
    }
  }

  /// One tarball and one bundle are all that a publication may have, so that an attacker cannot
  /// make us write file after file before anything is checked.
  private static void refuseUnexpected(String key, DocumentParts parts) {
    if (!isTarball(key) && !isBundle(key)) {
      throw DocumentReader.malformed(
          "The attachment "
              + Quoted.quote(key)
              + " is neither a .tgz nor a .sigstore. Publish the package's tarball alone.");
    }
    for (var other : parts.attachments) {
      if (isTarball(other.key()) == isTarball(key)) {
        throw DocumentReader.malformed(
            "The document attaches both %s and %s. Publish one version at a time."
                .formatted(Quoted.quote(other.key()), Quoted.quote(key)));
      }
    }
  }

  private Attachment readOne(String key, DocumentParts parts) throws IOException {
    @Nullable String contentType = null;
    @Nullable JsonNode length = null;
    @Nullable String text = null;
    var seen = new HashSet<String>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      var member = parser.currentName();
      parser.nextToken();
      switch (member) {
        case "data" -> text = readData(key, parts, seen);
        case "length" -> length = readOnce(member, seen);
        case "content_type" -> contentType = readOnce(member, seen).textValue();
        default -> parser.skipChildren();
      }
    }
    if (!seen.contains("data")) {
      throw DocumentReader.malformed("The attachment " + Quoted.quote(key) + " has no data.");
    }
    return new Attachment(key, contentType, length, isTarball(key) ? parts.scratch : null, text);
  }

  private JsonNode readOnce(String member, Set<String> seen) throws IOException {
    requireFirst(member, seen);
    return json.tree();
  }

  private @Nullable String readData(String key, DocumentParts parts, Set<String> seen)
      throws IOException {
    requireFirst("data", seen);
    if (parser.currentToken() != JsonToken.VALUE_STRING) {
      throw DocumentReader.malformed(
          "The data of the attachment " + Quoted.quote(key) + " must be a string.");
    }
    if (isBundle(key)) {
      return json.text("data");
    }
    parts.scratch = ScratchTarball.receive(scratchDirectory, tarballBytes, this::decode);
    return null;
  }

  private void decode(OutputStream out) throws IOException {
    try {
      parser.readBinaryValue(Base64Variants.MIME_NO_LINEFEEDS, out);
    } catch (IllegalArgumentException _) {
      throw DocumentReader.malformed("The data of the attached tarball is not base64.");
    }
  }

  private static void requireFirst(String member, Set<String> seen) {
    if (!seen.add(member)) {
      throw BoundedJson.repeated(DocumentReader.WHAT, member);
    }
  }

  private void requireObject(String what) {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw DocumentReader.malformed(what + " must be an object.");
    }
  }

  private static boolean isTarball(String key) {
    return key.endsWith(".tgz");
  }

  private static boolean isBundle(String key) {
    return key.endsWith(".sigstore");
  }
}
