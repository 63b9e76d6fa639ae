package dev.gatehouse.npm.packument;

import dev.gatehouse.npm.packument.json.JsonOut;
import dev.gatehouse.npm.packument.json.Timestamps;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/// Writes what clients receive. Version objects are copied byte for byte from the documents they
/// came in, so integrity, signatures and everything unknown survive; only `dist.tarball` and
/// `dist.attestations.url` are replaced by URLs under the registry as the client addresses it, and
/// what came unsigned may get a signature.
///
/// The forms are streamed and never held whole. No stream is closed here.
public final class PackumentRenderer {
  private PackumentRenderer() {}

  /// Writes the full form.
  public static void full(PackumentView view, Rendition rendition, OutputStream stream)
      throws IOException {
    JsonOut out = new JsonOut(stream);
    VersionWriter writer = new VersionWriter(out, view.name(), rendition);
    out.ascii("{\"_id\":").quoted(view.name());
    out.ascii(",\"_rev\":").quoted(view.stamps().revision());
    out.ascii(",\"name\":").quoted(view.name());
    tags(view, out);
    versions(view, out, writer::full);
    times(view, out);
    restrictions(view, out);
    details(view, out);
    out.ascii("}").flush();
  }

  /// Writes the abbreviated form (`application/vnd.npm.install-v1+json`), with `time`, which saves
  /// clients with an age limit the full form.
  public static void abbreviated(PackumentView view, Rendition rendition, OutputStream stream)
      throws IOException {
    JsonOut out = new JsonOut(stream);
    VersionWriter writer = new VersionWriter(out, view.name(), rendition);
    out.ascii("{\"name\":").quoted(view.name());
    if (view.own().hosted()) {
      ownership(view, out);
    }
    tags(view, out);
    versions(view, out, writer::abbreviated);
    times(view, out);
    restrictions(view, out);
    out.ascii(",\"modified\":\"").ascii(Timestamps.format(view.stamps().modified())).ascii("\"");
    out.ascii("}").flush();
  }

  /// The document of one version: its object of the full form.
  public static byte[] version(Selected version, Rendition rendition) {
    VersionRow row = version.row();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(row.to() - row.from() + 256);
    JsonOut out = new JsonOut(bytes);
    try {
      new VersionWriter(out, version.source().name(), rendition).full(version);
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /// yarn 1 changes owners from the abbreviated form, by its revision.
  private static void ownership(PackumentView view, JsonOut out) throws IOException {
    out.ascii(",\"_id\":").quoted(view.name());
    out.ascii(",\"_rev\":").quoted(view.stamps().revision());
    PackumentIndex.Detail maintainers = view.details().details().get("maintainers");
    if (maintainers != null) {
      out.ascii(",\"maintainers\":");
      out.raw(view.details().bytes(), maintainers.from(), maintainers.to());
    }
  }

  private static void tags(PackumentView view, JsonOut out) throws IOException {
    out.ascii(",\"dist-tags\":{");
    String separator = "";
    for (Map.Entry<String, String> tag : view.tags().entrySet()) {
      out.ascii(separator).quoted(tag.getKey()).ascii(":").quoted(tag.getValue());
      separator = ",";
    }
    out.ascii("}");
  }

  private static void versions(PackumentView view, JsonOut out, Form form) throws IOException {
    out.ascii(",\"versions\":{");
    String separator = "\"";
    for (Selected version : view.versions()) {
      out.ascii(separator).ascii(version.version()).ascii("\":");
      form.write(version);
      separator = ",\"";
    }
    out.ascii("}");
  }

  private static void times(PackumentView view, JsonOut out) throws IOException {
    out.ascii(",\"time\":{\"created\":\"").ascii(Timestamps.format(view.stamps().created()));
    out.ascii("\",\"modified\":\"").ascii(Timestamps.format(view.stamps().modified()));
    for (Selected version : view.versions()) {
      out.ascii("\",\"").ascii(version.version());
      out.ascii("\":\"").ascii(Timestamps.format(version.published()));
    }
    out.ascii("\"}");
  }

  private static void restrictions(PackumentView view, JsonOut out) throws IOException {
    PackumentView.Restrictions restrictions = view.restrictions();
    if (restrictions == null) {
      return;
    }
    out.ascii(",\"policyRestrictions\":{\"message\":").quoted(restrictions.message());
    out.ascii(",\"versions\":{");
    String separator = "\"";
    for (String version : restrictions.versions()) {
      out.ascii(separator).ascii(version).ascii("\":{\"name\":").quoted(view.name());
      out.ascii(",\"version\":\"").ascii(version).ascii("\"}");
      separator = ",\"";
    }
    out.ascii("}}");
  }

  private static void details(PackumentView view, JsonOut out) throws IOException {
    byte[] json = view.details().bytes();
    List<String> stars = view.own().stars();
    for (Map.Entry<String, PackumentIndex.Detail> detail : view.details().details().entrySet()) {
      boolean replaced = detail.getKey().equals(PackumentReader.STARS) && !stars.isEmpty();
      if (!detail.getKey().equals(PackumentReader.REVISION) && !replaced) {
        out.ascii(",\"").ascii(detail.getKey()).ascii("\":");
        out.raw(json, detail.getValue().from(), detail.getValue().to());
      }
    }
    stars(stars, out);
  }

  private static void stars(List<String> stars, JsonOut out) throws IOException {
    String separator = ",\"users\":{";
    for (String account : stars) {
      out.ascii(separator).quoted(account).ascii(":true");
      separator = ",";
    }
    if (!stars.isEmpty()) {
      out.ascii("}");
    }
  }

  @FunctionalInterface
  private interface Form {
    void write(Selected version) throws IOException;
  }
}
