package dev.gatehouse.torture;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.e2e.GatehouseProcess;
import dev.gatehouse.testing.PackageBuilder;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Random;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A package of 200 MB that cannot be compressed, through the launcher's own heap, which is smaller
/// than that: what is published streams to the disk, and what is installed from it.
final class LargePackageIT {
  private static final int MEGABYTES = 200;
  private static final String VERSION = "1.0.0";
  private static final String HOLE = "@tarball@";

  @TempDir private Path folder;

  @Test
  void aPackageLargerThanTheHeapIsPublishedAndRead() throws Exception {
    MessageDigest sent = MessageDigest.getInstance("SHA-512");
    Path body = folder.resolve("body.json");
    write(body, sent);
    byte[] digest = sent.digest();
    try (var server =
            GatehouseProcess.start(
                folder.resolve("data"), "--public-registry", "http://127.0.0.1:9/");
        var client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      server.addUser("ada", "developer", "a-long-password");
      String token = server.token("ada");
      HttpRequest publish =
          request(server, token, "huge")
              .header("content-type", "application/json")
              .PUT(BodyPublishers.ofFile(body))
              .build();
      assertThat(client.send(publish, BodyHandlers.ofString()))
          .satisfies(answer -> assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201));

      HttpRequest read = request(server, token, "huge/-/huge-" + VERSION + ".tgz").build();
      assertThat(digest(client.send(read, BodyHandlers.ofInputStream()).body())).isEqualTo(digest);
      assertThat(
              client.send(request(server, token, "huge").build(), BodyHandlers.ofString()).body())
          .contains("sha512-" + Base64.getEncoder().encodeToString(digest));
      System.out.printf(
          "Published %d MB; the server's peak RSS is %d MB.%n", MEGABYTES, server.peakMegabytes());
    }
  }

  private static HttpRequest.Builder request(GatehouseProcess server, String token, String path) {
    return HttpRequest.newBuilder(URI.create(server.registry("default") + path))
        .header("authorization", "Bearer " + token);
  }

  /// A publish document around a tarball that is made while it is written.
  private static void write(Path body, MessageDigest digest) throws IOException {
    String[] document = document().split(HOLE, 2);
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(body), 1 << 16)) {
      out.write(document[0].getBytes(StandardCharsets.UTF_8));
      OutputStream base64 = Base64.getEncoder().wrap(new Uncloseable(out));
      writeTarball(new DigestOutputStream(base64, digest));
      out.write(document[1].getBytes(StandardCharsets.UTF_8));
    }
  }

  private static String document() {
    ObjectNode document = PackageBuilder.named("huge").version(VERSION).publishDocument();
    document.withObject("versions").withObject(VERSION).remove("dist");
    ObjectNode attachment =
        document.withObject("_attachments").withObject("huge-" + VERSION + ".tgz");
    attachment.put("data", HOLE).remove("length");
    return document.toString();
  }

  private static void writeTarball(OutputStream out) throws IOException {
    try (var tar = new TarArchiveOutputStream(new Stored(out))) {
      put(
          tar,
          "package/package.json",
          "{\"name\":\"huge\",\"version\":\"1.0.0\"}".getBytes(StandardCharsets.UTF_8),
          1);
      byte[] megabyte = new byte[1 << 20];
      new Random(1).nextBytes(megabyte);
      put(tar, "package/noise.bin", megabyte, MEGABYTES);
    }
  }

  private static void put(TarArchiveOutputStream tar, String name, byte[] bytes, int times)
      throws IOException {
    var entry = new TarArchiveEntry(name);
    entry.setSize((long) bytes.length * times);
    tar.putArchiveEntry(entry);
    for (int i = 0; i < times; i++) {
      tar.write(bytes);
    }
    tar.closeArchiveEntry();
  }

  private static byte[] digest(InputStream bytes) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-512");
    try (var in = new DigestInputStream(bytes, digest)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    return digest.digest();
  }

  /// gzip without compression: what cannot be compressed costs no time to try.
  private static final class Stored extends GZIPOutputStream {
    Stored(OutputStream out) throws IOException {
      super(out, 1 << 16);
      def.setLevel(Deflater.NO_COMPRESSION);
    }
  }

  /// Base64 writes its end when it is closed; the document goes on.
  private static final class Uncloseable extends FilterOutputStream {
    Uncloseable(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      out.write(bytes, from, length);
    }

    @Override
    public void close() throws IOException {
      flush();
    }
  }
}
