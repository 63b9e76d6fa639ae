package dev.gatehouse.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.gatehouse.e2e.ShownPage.Step;
import dev.gatehouse.e2e.clients.Seat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a build service makes of the lines that *More info* shows for it: a shell's line, and the
/// environment that it runs in. The services themselves are not here.
record BuildStep(String where, String shell, Map<String, String> environment) {
  private static final String SECRET = "GATEHOUSE_TOKEN";
  private static final YAMLMapper YAML = new YAMLMapper();
  private static final Pattern JENKINS =
      Pattern.compile(
          "withCredentials\\(\\[string\\(credentialsId: '[\\w-]+', variable: '(\\w+)'\\)]\\)"
              + " \\{\\n  sh '([^']+)'\\n}");
  private static final Pattern DOCKER =
      Pattern.compile("RUN --mount=type=secret,id=(\\w+) \\\\\\n(.+)");

  /// All of them, in a project where `token` is the secret that the page speaks of.
  static List<BuildStep> all(List<Step> steps, String token) {
    return steps.stream()
        .filter(step -> step.file() == null && !step.title().equals("Publish"))
        .map(step -> of(step, token))
        .toList();
  }

  private static BuildStep of(Step step, String token) {
    String text = step.text();
    return switch (step.title()) {
      case "GitHub Actions" -> of(step, yaml(text).path(0), "run", "${{ secrets.%s }}", token);
      case "Azure Pipelines" -> of(step, yaml(text).path(0), "script", "$(%s)", token);
      case "GitLab CI" -> {
        JsonNode script = yaml(text).path("install").path("script");
        yield new BuildStep(step.title(), script.path(0).asText(), Map.of(SECRET, token));
      }
      case "Jenkins" -> {
        Matcher found = matching(JENKINS, text);
        yield new BuildStep(step.title(), found.group(2), Map.of(found.group(1), token));
      }
      case "Docker" -> {
        Matcher found = matching(DOCKER, text);
        // The id names the file, and the other command says what is in it.
        assertThat(found.group(2)).contains("/run/secrets/" + found.group(1) + ")");
        assertThat(step.texts().getLast())
            .isEqualTo("docker build --secret id=%s,env=%s .".formatted(found.group(1), SECRET));
        yield new BuildStep(step.title(), found.group(2), Map.of("SECRET_FILE", token));
      }
      default -> throw new AssertionError("nobody has tried " + step.title());
    };
  }

  /// The secret is given where the step's `env` asks for it.
  private static BuildStep of(Step step, JsonNode job, String key, String asked, String token) {
    Map<String, String> environment = new LinkedHashMap<>();
    job.path("env")
        .properties()
        .forEach(one ->
            environment.put(
                one.getKey(), one.getValue().asText().replace(asked.formatted(SECRET), token)));
    return new BuildStep(step.title(), job.path(key).asText(), environment);
  }

  /// What to run on a machine where the secret's file is in the home directory.
  String line(Seat runner) {
    String secret = environment.get("SECRET_FILE");
    if (secret == null) {
      return shell;
    }
    runner.append("secret", secret + "\n");
    return shell.replaceAll("/run/secrets/\\w+", "~/secret");
  }

  private static Matcher matching(Pattern pattern, String text) {
    Matcher found = pattern.matcher(text);
    assertThat(found.matches()).as(text).isTrue();
    return found;
  }

  private static JsonNode yaml(String text) {
    try {
      return YAML.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(text, e);
    }
  }
}
