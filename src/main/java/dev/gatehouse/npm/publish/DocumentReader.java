package dev.gatehouse.npm.publish;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.npm.BoundedJson;
import dev.gatehouse.npm.Quoted;
import dev.gatehouse.npm.publish.DocumentParts.Text;
import dev.gatehouse.npm.publish.Revision.Maintainer;
import dev.gatehouse.problem.Problem.Malformed;
import dev.gatehouse.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Walks through the document token by token and keeps what matters, whatever the order. Members
/// that are not kept cost no memory: a whole packument comes back with every deprecation.
final class DocumentReader {
  static final String WHAT = "The publish document";

  private final JsonParser parser;
  private final BoundedJson json;
  private final AttachmentReader attachmentReader;

  DocumentReader(JsonParser parser, Path scratchDirectory, PublishLimits limits) {
    this.parser = parser;
    this.json = new BoundedJson(parser, new BoundedJson.Limit(WHAT, limits.metadataWeight(), null));
    this.attachmentReader =
        new AttachmentReader(parser, json, scratchDirectory, limits.tarballBytes());
  }

  void readInto(DocumentParts parts) throws IOException {
    parser.nextToken();
    var seen = new HashSet<String>();
    requireObject("it");
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      var member = parser.currentName();
      parser.nextToken();
      if (!read(member, parts)) {
        parser.skipChildren();
      } else if (!seen.add(member)) {
        throw BoundedJson.repeated(WHAT, member);
      }
    }
    if (parser.nextToken() != null) {
      throw malformed(WHAT + " is followed by something else.");
    }
  }

  private boolean read(String member, DocumentParts parts) throws IOException {
    for (var text : Text.values()) {
      if (text.member.equals(member)) {
        readText(text, parts);
        return true;
      }
    }
    switch (member) {
      case "dist-tags" -> parts.distTags = stringMap(member);
      case "versions" -> readVersions(parts);
      case "_attachments" -> attachmentReader.readInto(parts);
      case "users" -> parts.users = readUsers();
      case "maintainers" -> parts.maintainers = readMaintainers();
      default -> {
        return false;
      }
    }
    return true;
  }

  private void readText(Text text, DocumentParts parts) throws IOException {
    if (text.isProse() && !isString()) {
      parser.skipChildren();
      return;
    }
    var value = json.text(text.member);
    if (value != null) {
      parts.texts.put(text, value);
    }
  }

  private SequencedMap<String, String> stringMap(String member) throws IOException {
    var map = new LinkedHashMap<String, String>();
    for (var entry : object(member).properties()) {
      if (!entry.getValue().isTextual()) {
        throw malformed(
            "The %s member %s must be a string.".formatted(member, Quoted.quote(entry.getKey())));
      }
      map.put(entry.getKey(), entry.getValue().textValue());
    }
    return map;
  }

  private Map<String, Boolean> readUsers() throws IOException {
    var users = new LinkedHashMap<String, Boolean>();
    for (var entry : object("users").properties()) {
      users.put(entry.getKey(), entry.getValue().asBoolean());
    }
    return users;
  }

  private List<Maintainer> readMaintainers() throws IOException {
    var maintainers = new ArrayList<Maintainer>();
    var tree = json.tree();
    for (var maintainer : tree) {
      if (!maintainer.path("name").isTextual()) {
        throw malformed("Each of the maintainers must be an object with a name.");
      }
      maintainers.add(
          new Maintainer(
              maintainer.path("name").textValue(), maintainer.path("email").textValue()));
    }
    return maintainers;
  }

  private void readVersions(DocumentParts parts) throws IOException {
    requireObject("\"versions\"");
    var versions = parts.newVersions();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      var version = json.counted(parser.currentName());
      if (versions.containsKey(version)) {
        throw BoundedJson.repeated(WHAT, version);
      }
      parser.nextToken();
      requireObject("Version " + Quoted.quote(version));
      if (versions.isEmpty()) {
        var manifest = (ObjectNode) json.tree();
        parts.manifest = manifest;
        versions.put(version, manifest.get("deprecated"));
      } else {
        versions.put(version, readDeprecation());
      }
    }
  }

  private @Nullable JsonNode readDeprecation() throws IOException {
    @Nullable JsonNode deprecated = null;
    Set<String> seen = new HashSet<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      var isDeprecated = parser.currentName().equals("deprecated");
      parser.nextToken();
      if (!isDeprecated) {
        parser.skipChildren();
      } else if (seen.add("deprecated")) {
        deprecated = json.tree();
      } else {
        throw BoundedJson.repeated(WHAT, "deprecated");
      }
    }
    return deprecated;
  }

  private ObjectNode object(String member) throws IOException {
    requireObject(Quoted.quote(member));
    return (ObjectNode) json.tree();
  }

  private boolean isString() {
    return parser.currentToken() == JsonToken.VALUE_STRING;
  }

  private void requireObject(String what) {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw malformed(WHAT + " is wrong: " + what + " must be an object.");
    }
  }

  static ProblemException malformed(String sentence) {
    return new ProblemException(new Malformed(sentence));
  }
}
