package dev.gatehouse.packages;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import dev.gatehouse.packages.Packages.Holding;
import dev.gatehouse.packages.Packages.Owner;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

/// The packument of what is hosted here, as bytes: it then takes the same way through index, merge
/// and rendering as a document that came from an upstream.
public final class HostedDocument {
  /// Escaped, half of a surrogate pair is harmless; as UTF-8 it cannot be written.
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private static final DateTimeFormatter INSTANT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private HostedDocument() {}

  /// The document of `holding`. Tarball URLs are left out: the renderer puts them in.
  public static byte[] of(Holding holding) {
    var out = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      json.writeStringField("_id", holding.hosted().name());
      json.writeStringField("_rev", holding.hosted().rev());
      json.writeStringField("name", holding.hosted().name());
      writeTags(json, holding);
      writeVersions(json, holding.versions());
      writeTime(json, holding);
      writeOwners(json, holding.owners());
      writeStars(json, holding.stars());
      writeDetails(json, holding.hosted().details());
      json.writeEndObject();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    return out.toByteArray();
  }

  private static void writeTags(JsonGenerator json, Holding holding) throws IOException {
    json.writeObjectFieldStart("dist-tags");
    for (var tag : holding.tags().entrySet()) {
      json.writeStringField(tag.getKey(), tag.getValue());
    }
    json.writeEndObject();
  }

  private static void writeVersions(JsonGenerator json, List<HostedVersion> versions)
      throws IOException {
    json.writeObjectFieldStart("versions");
    for (HostedVersion version : versions) {
      json.writeFieldName(version.version());
      json.writeRawValue(version.manifest());
    }
    json.writeEndObject();
  }

  private static void writeTime(JsonGenerator json, Holding holding) throws IOException {
    json.writeObjectFieldStart("time");
    json.writeStringField("created", instant(holding.hosted().created()));
    json.writeStringField("modified", instant(holding.hosted().modified()));
    for (HostedVersion version : holding.versions()) {
      json.writeStringField(version.version(), instant(version.published()));
    }
    json.writeEndObject();
  }

  private static void writeOwners(JsonGenerator json, List<Owner> owners) throws IOException {
    json.writeArrayFieldStart("maintainers");
    for (Owner owner : owners) {
      json.writeStartObject();
      json.writeStringField("name", owner.account());
      json.writeStringField("email", owner.email());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void writeStars(JsonGenerator json, List<String> stars) throws IOException {
    json.writeObjectFieldStart("users");
    for (String user : stars) {
      json.writeBooleanField(user, true);
    }
    json.writeEndObject();
  }

  /// `details` is an object: its members follow those above.
  private static void writeDetails(JsonGenerator json, String details) throws IOException {
    try (var parser = JSON.createParser(details)) {
      parser.nextToken();
      while (parser.nextToken() != null && parser.currentName() != null) {
        if (parser.currentToken().isStructEnd()) {
          break;
        }
        json.copyCurrentStructure(parser);
      }
    }
  }

  /// ISO 8601 with milliseconds, as npm writes it.
  private static String instant(long milliseconds) {
    return INSTANT.format(Instant.ofEpochMilli(milliseconds));
  }
}
