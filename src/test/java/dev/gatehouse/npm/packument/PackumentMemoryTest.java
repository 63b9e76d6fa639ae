package dev.gatehouse.npm.packument;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/// A document of 40 MB must pass through a server whose heap is 256 MB, next to others.
class PackumentMemoryTest {
  private static final int SIZE = 40_000_000;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @Test
  void indexesAndRendersALargeDocumentWithLittleMemoryBesidesIt() throws IOException {
    byte[] json = large();
    long before = THREADS.getCurrentThreadAllocatedBytes();
    PackumentIndex index = Documents.index(json, "large");
    long indexed = THREADS.getCurrentThreadAllocatedBytes();
    PackumentView view = Documents.view(index);
    CountingStream full = new CountingStream();
    CountingStream abbreviated = new CountingStream();
    PackumentRenderer.full(view, Documents.RENDITION, full);
    PackumentRenderer.abbreviated(view, Documents.RENDITION, abbreviated);
    long rendered = THREADS.getCurrentThreadAllocatedBytes();

    assertThat(index.versions()).hasSizeGreaterThan(9000);
    assertThat(full.count).isBetween((long) SIZE, SIZE + 2_000_000L);
    assertThat(abbreviated.count).isBetween(1_000_000L, SIZE / 4L);
    // everything ever allocated, garbage included
    assertThat(indexed - before).isLessThan(SIZE);
    assertThat(rendered - indexed).isLessThan(SIZE / 2);
    assertThat(index.weight()).isBetween((long) SIZE, SIZE + SIZE / 4L);
  }

  private static byte[] large() {
    ByteArrayOutputStream json = new ByteArrayOutputStream(SIZE + 100_000);
    json.writeBytes(Documents.bytes("{\"name\":\"large\",\"versions\":{"));
    String filler = "x".repeat(3500);
    for (int i = 0; json.size() < SIZE; i++) {
      String version =
          """
          %s"1.0.%d":{"name":"large","version":"1.0.%d","main":"%s","dependencies":{"a":"^1"},\
          "scripts":{"test":"true"},"bin":{"large":"x"},"dist":{"integrity":"sha512-%s",\
          "shasum":"00","tarball":"https://upstream.test/large-1.0.%d.tgz"},"_npmUser":{"name":"n"}}\
          """
              .formatted(i == 0 ? "" : ",", i, i, filler, "A".repeat(86), i);
      json.writeBytes(Documents.bytes(version));
    }
    json.writeBytes(Documents.bytes("}}"));
    return json.toByteArray();
  }

  private static final class CountingStream extends OutputStream {
    private long count;

    @Override
    public void write(int b) {
      count++;
    }

    @Override
    public void write(byte[] bytes, int from, int length) {
      count += length;
    }
  }
}
