package dev.gatehouse.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.access.account.Role;
import dev.gatehouse.db.Dialect;
import dev.gatehouse.db.edit.EditTurns;
import dev.gatehouse.testing.OnBothDatabases;
import dev.gatehouse.testing.TestingServer;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Operators' commands wait for whoever is about to change what they have seen, and the other way
/// round.
@OnBothDatabases
@Timeout(120)
final class OperatorTurnsTest {
  private final Dialect dialect;
  private TestingServer server;

  OperatorTurnsTest(Dialect dialect) {
    this.dialect = dialect;
  }

  @BeforeEach
  void start() {
    server = TestingServer.start(dialect);
    server.token("grace", Role.DEVELOPER);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static void isWaiting(Future<String> command) throws Exception {
    try {
      command.get(400, TimeUnit.MILLISECONDS);
    } catch (TimeoutException expected) {
      assertThat(expected).isNotNull();
      return;
    }
    throw new AssertionError("it did not wait");
  }

  @Test
  void aCommandThatChangesAWorkspaceWaitsForItsTurn() throws Exception {
    server.operate("", "team", "create", "web");
    EditTurns turns = server.services().database().edits();
    long workspace = server.registry().workspace().id();
    List<String[]> commands =
        List.of(
            new String[] {"team", "add", "web", "grace"},
            new String[] {"role", "create", "reviewer", "decide"},
            new String[] {"registry", "grant", "default", "--user", "grace", "read"},
            new String[] {"registry", "set", "default", "--owners-only", "on"},
            new String[] {"user", "role", "grace", "admin"},
            new String[] {"policy", "set", "default", "delay", "observe"});
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (String[] command : commands) {
        Future<String> running;
        try (EditTurns.Turn _ = turns.take(workspace)) {
          running = threads.submit(() -> server.operate("", command));
          isWaiting(running);
          assertThat(server.operate("", "team", "list"))
              .as("looking waits for nobody")
              .isNotEmpty();
        }
        running.get();
      }
    }
  }

  @Test
  void aCommandInAnotherWorkspaceDoesNotWait() throws Exception {
    server.operate("", "workspace", "create", "mobile");
    EditTurns turns = server.services().database().edits();
    try (EditTurns.Turn _ = turns.take(server.registry().workspace().id())) {
      assertThat(server.operate("", "team", "create", "web", "--workspace", "mobile"))
          .contains("Created");
    }
  }

  @Test
  void aCommandThatFailsGivesItsTurnBack() throws Exception {
    for (int i = 0; i < 3; i++) {
      try {
        server.operate("", "team", "delete", "none");
      } catch (IllegalStateException refused) {
        assertThat(refused).hasMessageContaining("no team");
      }
    }
    EditTurns turns = server.services().database().edits();
    long workspace = server.registry().workspace().id();
    assertThat(turns.alone(workspace, () -> "free")).isEqualTo("free");
  }
}
