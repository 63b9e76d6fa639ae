package dev.gatehouse.npm.publish;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Runs [LargePublish] in a virtual machine of its own, with a heap of 32 MB.
final class PublishMemoryTest {
  @TempDir Path scratch;

  @Test
  void readsATarballThatIsLargerThanTheHeap() throws Exception {
    assertThat(run("tarball")).isEqualTo(String.valueOf(120L * ((1 << 20) / 3) * 3));
  }

  @Test
  void skipsMoreNamesThanTheHeapHolds() throws Exception {
    assertThat(run("names")).isEqualTo("true");
  }

  @Test
  void refusesATreeThatIsLargerThanTheHeap() throws Exception {
    assertThat(run("nodes")).isEqualTo("TooLarge");
  }

  private String run(String large) throws IOException, InterruptedException {
    var process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx32m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                LargePublish.class.getName(),
                large,
                scratch.toString())
            .redirectErrorStream(true)
            .start();
    var output = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(output).isZero();
    assertThat(scratch).isEmptyDirectory();
    return output;
  }
}
