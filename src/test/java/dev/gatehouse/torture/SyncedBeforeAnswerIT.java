package dev.gatehouse.torture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.e2e.GatehouseProcess;
import dev.gatehouse.torture.Publishing.Sent;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/// What the kernel was asked for while a package was published: the tarball is synced, moved to its
/// name, its folder synced, the database synced, and only then is 201 written.
@EnabledOnOs(OS.LINUX)
@Isolated
final class SyncedBeforeAnswerIT {
  private static final String ANSWER = "^writev?\\(.*HTTP/1\\.1 201";

  @TempDir private Path folder;

  @Test
  void blobAndDatabaseAreSyncedBeforeTheAnswer() throws Exception {
    Path trace = folder.resolve("trace");
    List<String> strace =
        List.of(
            "strace",
            "-f",
            "-y",
            "--seccomp-bpf",
            "-s",
            "64",
            "-o",
            trace.toString(),
            "-e",
            "trace=fsync,fdatasync,rename,renameat,renameat2,write,writev");
    try (var server =
        GatehouseProcess.startUnder(
            strace, folder.resolve("data"), "--public-registry", "http://127.0.0.1:9/")) {
      server.addUser("ada", "developer", "a-long-password");
      var publishing = new Publishing(server.registry("default"), server.token("ada"));
      Sent sent = Sent.of("traced", "1.0.0", 1);
      assertThat(publishing.publish(sent, 1)).isEqualTo(201);
    }
    // The launcher's own work is in the trace too: only this server's directory counts.
    String store = Pattern.quote(folder.resolve("data/store").toString());
    SystemCalls calls = SystemCalls.read(trace);
    int tarballSynced = calls.find("^f(data)?sync\\(.*" + store + "/scratch/", 0);
    int moved = calls.find("^rename.*" + store + "/sha/[0-9a-f]{2}/[0-9a-f]{128}", tarballSynced);
    int folderSynced = calls.find("^f(data)?sync\\(.*" + store + "/sha/[0-9a-f]{2}>", moved);
    int databaseSynced = calls.find("^f(data)?sync\\(.*/data/gatehouse\\.db-wal>", folderSynced);
    int answered = calls.find(ANSWER, Math.max(0, tarballSynced));
    assertThat(tarballSynced).as("the sync of the tarball").isNotNegative();
    assertThat(answered).as("the answer, in %s", calls.all()).isNotNegative();
    assertThat(moved).as("the move into the store").isBetween(tarballSynced, answered);
    assertThat(folderSynced).as("the sync of the folder").isBetween(moved, answered);
    assertThat(databaseSynced).as("the sync of the database").isBetween(folderSynced, answered);
  }
}
