package dev.gatehouse.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The size ceilings. One is raised only in a commit that says why.
final class SourceBudgetTest {
  private static final Path SOURCES = Path.of("src/main/java");
  private static final int LINES_IN_A_FILE = 300;
  private static final int LINES_IN_A_METHOD = 40;
  private static final int PARAMETERS = 5;
  private static final int FILES_IN_A_PACKAGE = 15;

  private static final Pattern METHOD =
      Pattern.compile(
          "^\\s+(?!(?:if|for|while|switch|try|catch|else|return|new|throw|do|synchronized)\\b)"
              + "[\\w@<>\\[\\]?,. ]*\\([^;]*\\)[\\w ,.]*\\{\\s*$");
  private static final Pattern WORDS =
      Pattern.compile("\\w*(Util|Utils|Helper|Manager|Impl|Common)|Base\\w*|\\w+Base");

  @Test
  void filesStayBelowTheirCeiling() throws IOException {
    assertThat(files())
        .isNotEmpty()
        .allSatisfy(file ->
            assertThat(Files.readAllLines(file))
                .as(file.toString())
                .hasSizeLessThanOrEqualTo(LINES_IN_A_FILE));
  }

  @Test
  void methodsStayBelowTheirCeiling() throws IOException {
    for (Path file : files()) {
      assertThat(longMethods(Files.readAllLines(file))).as(file.toString()).isEmpty();
    }
  }

  @Test
  void methodsTakeFewParameters() {
    JavaClasses classes =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.gatehouse");
    List<String> wide =
        classes.stream()
            .filter(type -> !type.isRecord() && !type.isEnum())
            .flatMap(type -> type.getCodeUnits().stream())
            .filter(unit -> !unit.getName().startsWith("lambda$"))
            .filter(unit -> unit.getRawParameterTypes().size() > PARAMETERS)
            .map(JavaCodeUnit::getFullName)
            .toList();
    assertThat(wide).isEmpty();
  }

  @Test
  void packagesHoldFewFiles() throws IOException {
    Map<Path, Long> sizes =
        files().stream()
            .filter(file -> !file.endsWith("package-info.java"))
            .collect(Collectors.groupingBy(Path::getParent, Collectors.counting()));
    assertThat(sizes)
        .allSatisfy((folder, count) ->
            assertThat(count).as(folder.toString()).isLessThanOrEqualTo(FILES_IN_A_PACKAGE));
  }

  @Test
  void noTypeHasANameThatSaysNothing() throws IOException {
    assertThat(files())
        .noneMatch(
            file -> WORDS.matcher(file.getFileName().toString().replace(".java", "")).matches());
  }

  private static List<Path> files() throws IOException {
    try (Stream<Path> tree = Files.walk(SOURCES)) {
      return tree.filter(path -> path.toString().endsWith(".java")).toList();
    }
  }

  /// Follows the braces: a method's opening line remembers where it began.
  private static List<String> longMethods(List<String> lines) {
    List<String> found = new ArrayList<>();
    Deque<Integer> starts = new ArrayDeque<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).replaceAll("\"(\\\\.|[^\"\\\\])*\"|'(\\\\.|[^'\\\\])+'", "");
      String code = line.contains("//") ? line.substring(0, line.indexOf("//")) : line;
      for (int at = 0; at < code.length(); at++) {
        char c = code.charAt(at);
        if (c == '{') {
          starts.push(METHOD.matcher(code).matches() ? i : -1);
        } else if (c == '}' && !starts.isEmpty()) {
          int start = starts.pop();
          if (start >= 0 && i - start + 1 > LINES_IN_A_METHOD) {
            found.add("line " + (start + 1) + ": " + (i - start + 1) + " lines");
          }
        }
      }
    }
    return found;
  }
}
