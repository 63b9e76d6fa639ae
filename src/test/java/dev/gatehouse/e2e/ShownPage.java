package dev.gatehouse.e2e;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatehouse.e2e.clients.Client;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the page *More info* of the registry `default` shows to ann, read in a real browser.
///
/// @param token the one that stands in the commands
/// @param all what to do to take everything from here, for each client by the name on its tab
/// @param scope the same for the scope `@acme` alone
record ShownPage(
    String token,
    SessionPassword session,
    @JsonProperty("all") Map<String, List<Step>> all,
    @JsonProperty("scope") Map<String, List<Step>> scope) {

  /// For clients that ask for a name and a password.
  record SessionPassword(String user, String password) {}

  /// Something to do.
  ///
  /// @param file where the texts are to be written; null if they are commands
  record Step(String title, @Nullable String file, List<String> texts) {
    String text() {
      return texts.getFirst();
    }
  }

  /// What comes from here.
  enum Reach {
    ALL,
    SCOPE
  }

  /// Opens the page on `stage`.
  static ShownPage read(Stage stage) throws IOException, InterruptedException {
    Path directory = stage.directory("more-info");
    Path file = directory.resolve("shown.json");
    BrowserScene.play(
        directory.resolve("scene.log"),
        "more-info.mjs",
        stage.server().url("").toString(),
        "ann",
        Stage.PASSWORD,
        file.toString());
    return new ObjectMapper().readValue(file.toFile(), ShownPage.class);
  }

  List<Step> steps(Client client, Reach reach) {
    return steps(
        switch (client) {
          case NPM_9, NPM_10, NPM_11, NPM_12 -> "npm";
          case YARN_1 -> "yarn classic";
          case YARN_4 -> "yarn berry";
          case PNPM_9, PNPM_12 -> "pnpm";
          case BUN -> "bun";
          case DENO -> "deno";
        },
        reach);
  }

  List<Step> steps(String tab, Reach reach) {
    List<Step> steps = (reach == Reach.ALL ? all : scope).get(tab);
    if (steps == null) {
      throw new AssertionError("More info has no tab " + tab + ": " + all.keySet());
    }
    return steps;
  }
}
