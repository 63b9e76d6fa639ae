package dev.gatehouse.e2e;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/// Tests that share one server with people around it. What they need there, a `@BeforeAll` of their
/// own puts in place.
@TestInstance(Lifecycle.PER_CLASS)
abstract class OnStage {
  private Stage stage;

  @BeforeAll
  void open(@TempDir Path directory) {
    stage = new Stage(directory);
  }

  @AfterAll
  void close() {
    stage.close();
  }

  final Stage stage() {
    return stage;
  }
}
