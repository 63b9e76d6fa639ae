package dev.gatehouse.npm.publish;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.function.IntFunction;

/// Reads what does not fit into the heap it is given. Arguments: a case and a scratch directory.
final class LargePublish {
  private static final int MEGABYTE = 1 << 20;

  private LargePublish() {}

  public static void main(String[] arguments) throws IOException {
    var scratch = Path.of(arguments[1]);
    switch (arguments[0]) {
      case "tarball" -> System.out.println(tarball(scratch));
      case "names" -> System.out.println(names(scratch));
      default -> System.out.println(nodes(scratch));
    }
  }

  /// 120 MB.
  private static long tarball(Path scratch) throws IOException {
    var manifest = "{\"name\":\"n\",\"version\":\"1.0.0\"}";
    var body =
        join(
            "{\"_id\":\"n\",\"_attachments\":{\"n-1.0.0.tgz\":{\"data\":\"",
            repeated("AbC/".repeat(MEGABYTE / 3), 120),
            "\"}},\"versions\":{\"1.0.0\":" + manifest + "}}");
    try (var publication =
        (Publication) PublishDocument.read(body, scratch, PublishLimits.DEFAULTS)) {
      return publication.tarball().size();
    }
  }

  /// Two million names, each another, in a member that is skipped.
  private static boolean names(Path scratch) throws IOException {
    var generated =
        new Chunks(
            2000,
            thousand -> {
              var text = new StringBuilder();
              for (var i = 0; i < 1000; i++) {
                text.append("\"n").append(1000 * thousand + i).append("x\":0,");
              }
              return text.toString();
            });
    var body = join("{\"time\":{", generated, "\"last\":0},\"users\":{}}");
    return PublishDocument.read(body, scratch, PublishLimits.DEFAULTS) instanceof Revision;
  }

  /// 60 MB that would be over a gigabyte as a tree.
  private static String nodes(Path scratch) throws IOException {
    var nodes = repeated("[],".repeat(MEGABYTE / 3), 60);
    var body = join("{\"versions\":{\"1.0.0\":{\"x\":[", nodes, "[]]}}}");
    try {
      PublishDocument.read(body, scratch, PublishLimits.DEFAULTS).close();
      return "accepted";
    } catch (ProblemException e) {
      return e.problem().getClass().getSimpleName();
    }
  }

  private static InputStream join(String head, InputStream middle, String tail) {
    return new SequenceInputStream(
        Collections.enumeration(List.of(bytes(head), middle, bytes(tail))));
  }

  private static InputStream repeated(String text, int times) {
    return new Chunks(times, _ -> text);
  }

  private static InputStream bytes(String text) {
    return new ByteArrayInputStream(text.getBytes(UTF_8));
  }

  /// Makes its text as it is read.
  private static final class Chunks extends InputStream {
    private final int count;
    private final IntFunction<String> text;
    private InputStream current = nullInputStream();
    private int next;

    Chunks(int count, IntFunction<String> text) {
      this.count = count;
      this.text = text;
    }

    @Override
    public int read() throws IOException {
      var one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      var read = current.read(bytes, offset, length);
      while (read < 0 && next < count) {
        current = bytes(text.apply(next++));
        read = current.read(bytes, offset, length);
      }
      return read;
    }
  }
}
