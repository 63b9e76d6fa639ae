package dev.gatehouse.npm.packument;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/// Prints what indexing and rendering cost: milliseconds of thread CPU per megabyte of document,
/// the median of several rounds. Not a test; run it by hand with files `*.json.gz` as arguments.
final class PackumentCost {
  private static final int ROUNDS = 9;
  private static final int WARM_UP = 4;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private PackumentCost() {}

  public static void main(String[] files) throws IOException {
    System.out.println("ms/MB: scan (Jackson alone), index, full, abbreviated, both with gzip -1");
    for (String file : files) {
      measure(Path.of(file));
    }
  }

  private static void measure(Path file) throws IOException {
    byte[] json = Documents.read(file);
    String name = Documents.tree(json).get("name").textValue();
    PackumentView view = Documents.view(Documents.index(json, name));
    OutputStream nowhere = OutputStream.nullOutputStream();
    double megabytes = json.length / 1e6;
    System.out.printf(
        "%s: %.2f MB: %.2f %.2f %.2f %.2f %.2f%n",
        name,
        megabytes,
        median(() -> scan(json)) / megabytes,
        median(() -> Documents.index(json, name)) / megabytes,
        median(() -> PackumentRenderer.full(view, Documents.RENDITION, nowhere)) / megabytes,
        median(() -> PackumentRenderer.abbreviated(view, Documents.RENDITION, nowhere)) / megabytes,
        median(() -> compress(view)) / megabytes);
  }

  private static void scan(byte[] json) throws IOException {
    try (JsonParser parser = new JsonFactory().createParser(json)) {
      while (parser.nextToken() != null) {
        // only the tokens
      }
    }
  }

  private static void compress(PackumentView view) throws IOException {
    try (OutputStream gzip = new FastGzip()) {
      PackumentRenderer.full(view, Documents.RENDITION, gzip);
    }
    try (OutputStream gzip = new FastGzip()) {
      PackumentRenderer.abbreviated(view, Documents.RENDITION, gzip);
    }
  }

  private static double median(Work work) throws IOException {
    double[] times = new double[ROUNDS];
    for (int i = -WARM_UP; i < ROUNDS; i++) {
      long start = THREADS.getCurrentThreadCpuTime();
      work.run();
      times[Math.max(i, 0)] = (THREADS.getCurrentThreadCpuTime() - start) / 1e6;
    }
    Arrays.sort(times);
    return times[ROUNDS / 2];
  }

  private static final class FastGzip extends GZIPOutputStream {
    FastGzip() throws IOException {
      super(OutputStream.nullOutputStream(), 1 << 14);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }

  @FunctionalInterface
  private interface Work {
    void run() throws IOException;
  }
}
