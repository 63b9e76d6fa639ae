package dev.gatehouse.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `./gatehouse` and `scripts/find-jdk` on a machine that is made up: its JDKs, its Maven and its
/// places are folders of the test's own.
@EnabledOnOs(OS.LINUX)
final class LauncherTest {
  /// All that the scripts ask a system for.
  private static final List<String> TOOLS =
      List.of(
          "bash",
          "cat",
          "dirname",
          "env",
          "find",
          "flock",
          "grep",
          "mkdir",
          "mktemp",
          "readlink",
          "rm",
          "touch");

  private static final List<String> SOURCES =
      List.of("pom.xml", "src/main/java/Main.java", "web/index.html");

  /// Notes what it was started with, and makes the cache that it is told to make.
  private static final String JAVA =
      """
      #!/bin/bash
      echo "$*" >>"$MACHINE/java.log"
      for word in "$@"; do
        case "$word" in
          -XX:AOTCacheOutput=*) [ ! -e "$MACHINE/untrainable" ] && touch "${word#*=}" || exit 1 ;;
        esac
      done
      """;

  /// Dates what it has built a minute back, so that the tests can say what is newer.
  private static final String MAVEN =
      """
      #!/bin/bash
      echo "$*" >>"$MACHINE/mvn.log"
      if [ -e "$MACHINE/broken" ]; then echo "a semicolon is missing"; exit 1; fi
      touch -d '1 minute ago' target/gatehouse.jar
      """;

  @TempDir private Path machine;

  private record Ended(int exit, String out, String err) {}

  @BeforeEach
  void install() throws IOException {
    for (String tool : TOOLS) {
      String real = Files.exists(Path.of("/usr/bin/" + tool)) ? "/usr/bin/" : "/bin/";
      script("bin/" + tool, "#!/bin/bash\nexec " + real + tool + " \"$@\"\n");
    }
    script("checkout/gatehouse", Files.readString(Path.of("gatehouse")));
    String findJdk = Files.readString(Path.of("scripts/find-jdk"));
    for (String place : List.of("/usr/lib", "/Library", "/opt/homebrew", "/usr/local")) {
      findJdk = findJdk.replaceAll("(?<=\\s)" + place + "/", machine + place + "/");
    }
    script("checkout/scripts/find-jdk", findJdk);
    for (String source : SOURCES) {
      write("checkout/" + source, "");
      age(source, 200);
    }
    script("bin/mvn", MAVEN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "usr/lib/jvm/temurin-25-jdk-amd64",
        "usr/lib/jvm/default-java",
        "Library/Java/JavaVirtualMachines/temurin-25.jdk/Contents/Home",
        "home/Library/Java/JavaVirtualMachines/mine.jdk/Contents/Home",
        "opt/homebrew/opt/openjdk@25/libexec/openjdk.jdk/Contents/Home",
        "usr/local/opt/openjdk/libexec/openjdk.jdk/Contents/Home",
        "home/.sdkman/candidates/java/25.0.1-tem"
      })
  void findsAJdk25WherePlatformsPutIt(String place) throws Exception {
    jdk("usr/lib/jvm/java-21-openjdk", "21.0.4");
    Path here = jdk(place, "25.0.1");
    assertThat(findJdk("").out()).isEqualTo(here + "\n");
  }

  @Test
  void takesTheJdkOfJavaHomeIfItIsOneOfTheRightVersion() throws Exception {
    jdk("usr/lib/jvm/java-25-openjdk", "25");
    Path mine = jdk("mine", "25.0.2");
    Path old = jdk("old", "24.0.1");
    assertThat(findJdk(mine.toString()).out()).isEqualTo(mine + "\n");
    assertThat(findJdk(old.toString()).out()).contains("java-25-openjdk");
    assertThat(findJdk("/nowhere").out()).contains("java-25-openjdk");
  }

  @Test
  void saysInOneSentenceWhatToInstall() throws Exception {
    jdk("usr/lib/jvm/java-21-openjdk", "21.0.4");
    Ended ended = findJdk("");
    assertThat(ended.exit()).isEqualTo(1);
    assertThat(ended.err())
        .isEqualTo(
            "Gatehouse needs JDK 25: install one (Eclipse Temurin 25, say) or set JAVA_HOME to"
                + " where it is.\n");
    assertThat(launch("version").err()).isEqualTo(ended.err());
  }

  @Test
  void buildsOnFirstUseAndWhenSourcesHaveChanged() throws Exception {
    jdk("usr/lib/jvm/java-25-openjdk", "25");
    assertThat(launch("version").exit()).isZero();
    assertThat(launch("version").exit()).isZero();
    assertThat(builds()).isEqualTo(1);

    for (String source : SOURCES) {
      long before = builds();
      age(source, 30);
      assertThat(launch("version").exit()).isZero();
      assertThat(builds()).as(source).isEqualTo(before + 1);
      age(source, 200);
      assertThat(launch("version").exit()).isZero();
      assertThat(builds()).as(source).isEqualTo(before + 1);
    }
  }

  @Test
  void saysWhyItCouldNotBeBuilt() throws Exception {
    jdk("usr/lib/jvm/java-25-openjdk", "25");
    write("broken", "");
    Ended ended = launch("version");
    assertThat(ended.exit()).isEqualTo(1);
    assertThat(ended.err()).contains("a semicolon is missing", "The build failed");
    Files.delete(machine.resolve("bin/mvn"));
    assertThat(launch("version").err())
        .isEqualTo(
            "Building Gatehouse needs Maven 3.8 or newer: install it (package maven) and run this"
                + " again.\n");
    assertThat(started()).isEmpty();
  }

  @Test
  void startsWithALimitOnTheHeapAndTheCacheThatTrainingMade() throws Exception {
    jdk("usr/lib/jvm/java-25-openjdk", "25");
    assertThat(launch("serve", "--port", "0").exit()).isZero();
    launch("version");
    String cache = checkout("target/gatehouse.aot").toString();
    List<String> started = started();
    assertThat(started).hasSize(3);
    assertThat(started.getFirst()).contains("-XX:AOTCacheOutput=" + cache, " train --data ");
    assertThat(started.get(1))
        .contains("-Xmx160m", "-XX:+UseCompactObjectHeaders", "-XX:AOTCache=" + cache)
        .endsWith("-jar " + checkout("target/gatehouse.jar") + " serve --port 0");
    assertThat(started.getLast()).contains("-XX:AOTCache=" + cache).endsWith(" version");
  }

  @Test
  void startsWithoutACacheThatCouldNotBeMadeAndTriesOnlyOnce() throws Exception {
    jdk("usr/lib/jvm/java-25-openjdk", "25");
    write("untrainable", "");
    Ended ended = launch("version");
    assertThat(ended.exit()).isZero();
    assertThat(ended.err()).contains("The start-up cache could not be made");
    launch("version");
    assertThat(started()).hasSize(3);
    assertThat(started().getLast()).doesNotContain("AOTCache").endsWith(" version");
  }

  private Ended findJdk(String javaHome) throws Exception {
    return run(Map.of("JAVA_HOME", javaHome), checkout("scripts/find-jdk").toString());
  }

  private Ended launch(String... words) throws Exception {
    return run(
        Map.of(),
        Stream.concat(Stream.of(checkout("gatehouse").toString()), Stream.of(words))
            .toArray(String[]::new));
  }

  private Ended run(Map<String, String> environment, String... words) throws Exception {
    Path out = machine.resolve("out.log");
    Path err = machine.resolve("err.log");
    var builder =
        new ProcessBuilder(words).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().clear();
    builder.environment().put("PATH", machine.resolve("bin").toString());
    builder.environment().put("HOME", machine.resolve("home").toString());
    builder.environment().put("MACHINE", machine.toString());
    builder.environment().putAll(environment);
    int exit = builder.start().waitFor();
    return new Ended(exit, Files.readString(out), Files.readString(err));
  }

  private Path jdk(String place, String version) throws IOException {
    write(place + "/release", "IMPLEMENTOR=\"X\"\nJAVA_VERSION=\"" + version + "\"\n");
    script(place + "/bin/javac", "");
    script(place + "/bin/java", JAVA);
    return machine.resolve(place);
  }

  private long builds() throws IOException {
    return lines("mvn.log").size();
  }

  private List<String> started() throws IOException {
    return lines("java.log");
  }

  private List<String> lines(String log) throws IOException {
    Path file = machine.resolve(log);
    return Files.exists(file) ? Files.readAllLines(file) : List.of();
  }

  private void age(String file, int seconds) throws IOException {
    Files.setLastModifiedTime(checkout(file), FileTime.from(Instant.now().minusSeconds(seconds)));
  }

  private Path checkout(String file) {
    return machine.resolve("checkout").resolve(file);
  }

  private void write(String file, String text) throws IOException {
    Path path = machine.resolve(file);
    Files.createDirectories(path.resolveSibling(""));
    Files.writeString(path, text);
  }

  private void script(String file, String text) throws IOException {
    write(file, text);
    Files.setPosixFilePermissions(
        machine.resolve(file), PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
