package dev.gatehouse.db;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseUrlTest {
  @TempDir private Path directory;

  @Test
  void refusesOtherDatabasesWithASentence() {
    assertThatThrownBy(() -> Database.open("jdbc:mysql://localhost/x", "server"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("must start with jdbc:sqlite: or jdbc:postgresql:");
  }

  @Test
  void saysThatADirectoryIsMissing() {
    String url = "jdbc:sqlite:" + directory.resolve("missing").resolve("gatehouse.db");

    assertThatThrownBy(() -> Database.open(url, "server"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("The database at " + url + " cannot be opened: ");
  }

  @Test
  void saysThatAFileIsNoDatabase() throws IOException {
    Path file = directory.resolve("gatehouse.db");
    Files.writeString(file, "This is a text and no database, although it is long enough for one.");

    assertThatThrownBy(() -> Database.open("jdbc:sqlite:" + file, "server"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not a database");
  }

  @Test
  void saysThatNobodyListensWithoutRepeatingThePassword() throws IOException {
    int port;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    String url = "jdbc:postgresql://127.0.0.1:" + port + "/gatehouse";

    assertThatThrownBy(() -> Database.open(url + "?user=ada&password=secret-word", "server"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("The database at " + url + " cannot be opened: ")
        .hasMessageNotContaining("secret-word");
  }
}
