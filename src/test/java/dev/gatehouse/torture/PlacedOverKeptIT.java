package dev.gatehouse.torture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.blob.Blobs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// What the kernel is asked for when bytes come in that need not survive a power cut: nothing, if
/// their name is free; but they are synced before they take the place of bytes that were promised.
@EnabledOnOs(OS.LINUX)
final class PlacedOverKeptIT {
  private static final String PROMISED = "ab".repeat(64);
  private static final String NEW = "cd".repeat(64);

  @TempDir private Path folder;

  @Test
  void promisedBytesAreReplacedOnlyByBytesThatAreSynced() throws Exception {
    Path trace = folder.resolve("trace");
    assertThat(run(trace).waitFor()).isZero();

    String scratch = Pattern.quote(folder.resolve("store/scratch").toString()) + "/in-[^/\"]*part";
    SystemCalls calls = SystemCalls.read(trace);
    int promised = calls.find("^rename.*" + scratch + ".*/" + PROMISED, 0);
    int replaced = calls.find("^rename.*" + scratch + ".*/" + PROMISED, promised + 1);
    int synced = calls.find("^f(data)?sync\\(.*" + scratch, promised + 1);
    int linked = calls.find("^link.*" + scratch + ".*/" + NEW, 0);
    assertThat(promised).as("the promise, in %s", calls.all()).isNotNegative();
    assertThat(replaced).as("the move over it").isGreaterThan(promised);
    assertThat(synced).as("the sync between").isBetween(promised, replaced);
    assertThat(linked).as("the new name").isGreaterThan(replaced);
    assertThat(calls.find("^f(data)?sync\\(.*" + scratch, replaced))
        .as("no other sync")
        .isNegative();
  }

  private Process run(Path trace) throws IOException {
    String java = ProcessHandle.current().info().command().orElseThrow();
    return new ProcessBuilder(
            "strace",
            "-f",
            "-y",
            "--seccomp-bpf",
            "-o",
            trace.toString(),
            "-s",
            "400",
            "-e",
            "trace=fsync,fdatasync,rename,renameat,renameat2,link,linkat",
            java,
            "-cp",
            System.getProperty("java.class.path"),
            Placing.class.getName(),
            folder.resolve("store").toString())
        .inheritIO()
        .start();
  }

  /// What is traced.
  static final class Placing {
    private Placing() {}

    public static void main(String[] arguments) throws IOException {
      var blobs = new Blobs(Path.of(arguments[0]));
      blobs.keep(scratch(blobs), PROMISED);
      blobs.place(scratch(blobs), PROMISED);
      blobs.place(scratch(blobs), NEW);
      for (String digest : List.of(PROMISED, NEW)) {
        assertThat(blobs.path(digest)).hasContent("bytes");
      }
      assertThat(blobs.scratch()).isEmptyDirectory();
    }

    private static Path scratch(Blobs blobs) throws IOException {
      return Files.writeString(blobs.newScratchFile(), "bytes");
    }
  }
}
