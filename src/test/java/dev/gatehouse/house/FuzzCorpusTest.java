package dev.gatehouse.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Replays what fuzzing began with and what it once found: every input in
/// `src/test/resources/fuzz/{target}/` goes through the class `{Target}Fuzz`, which takes bytes or
/// Jazzer's reader of them. `scripts/fuzz {target} {seconds}` goes on from there.
final class FuzzCorpusTest {
  private static final Path SOURCES = Path.of("src/test/java");
  private static final Path CORPORA = Path.of("src/test/resources/fuzz");

  private static final String ENDING = "Fuzz.java";
  private static final String PROVIDER =
      "com.code_intelligence.jazzer.driver.FuzzedDataProviderImpl";
  private static final String AGENT = "/com/code_intelligence/jazzer/runtime/jazzer_bootstrap.jar";

  @Test
  void everyTargetHasACorpusAndEveryCorpusATarget() throws IOException {
    assertThat(targets()).isNotEmpty().containsOnlyKeys(names(CORPORA));
    for (String corpus : names(CORPORA)) {
      assertThat(names(CORPORA.resolve(corpus))).as(corpus).isNotEmpty();
    }
  }

  @TestFactory
  Stream<DynamicTest> everyInputPassesItsTarget() throws IOException {
    return targets().entrySet().stream()
        .map(target ->
            DynamicTest.dynamicTest(
                target.getKey(), () -> replay(target.getKey(), target.getValue())));
  }

  private static void replay(String target, String className)
      throws IOException, ReflectiveOperationException {
    try (URLClassLoader classes = classesWithJazzer()) {
      Method method =
          Arrays.stream(classes.loadClass(className).getMethods())
              .filter(it -> it.getName().equals("fuzzerTestOneInput"))
              .findFirst()
              .orElseThrow(() -> new AssertionError(className + " has no fuzzerTestOneInput"));
      boolean takesBytes = method.getParameterTypes()[0] == byte[].class;
      Method provider = classes.loadClass(PROVIDER).getMethod("withJavaData", byte[].class);
      for (String input : names(CORPORA.resolve(target))) {
        byte[] bytes = Files.readAllBytes(CORPORA.resolve(target).resolve(input));
        Object data = takesBytes ? bytes : provider.invoke(null, bytes);
        try {
          method.invoke(null, data);
        } catch (InvocationTargetException e) {
          throw new AssertionError(target + " fails with the input " + input, e.getCause());
        }
      }
    }
  }

  /// The class path again, with the part of Jazzer that its agent otherwise adds: outside of the
  /// agent, its reader of inputs does not load without.
  private static URLClassLoader classesWithJazzer() throws IOException {
    Path agent = Path.of("target/jazzer-bootstrap.jar");
    try (InputStream in = FuzzCorpusTest.class.getResourceAsStream(AGENT)) {
      Files.copy(Objects.requireNonNull(in), agent, StandardCopyOption.REPLACE_EXISTING);
    }
    List<URL> urls = new ArrayList<>(List.of(agent.toUri().toURL()));
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      urls.add(Path.of(entry).toUri().toURL());
    }
    return new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
  }

  /// Class names by target.
  private static Map<String, String> targets() throws IOException {
    try (Stream<Path> files = Files.walk(SOURCES)) {
      return files
          .filter(file -> file.toString().endsWith(ENDING))
          .collect(Collectors.toMap(FuzzCorpusTest::target, FuzzCorpusTest::className));
    }
  }

  private static String target(Path file) {
    return file.getFileName().toString().replace(ENDING, "").toLowerCase(Locale.ROOT);
  }

  private static String className(Path file) {
    String path = SOURCES.relativize(file).toString();
    return path.substring(0, path.length() - ".java".length()).replace('/', '.');
  }

  private static List<String> names(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
