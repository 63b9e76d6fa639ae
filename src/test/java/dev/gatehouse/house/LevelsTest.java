package dev.gatehouse.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// Who may know whom. A package may depend only on packages of a lower level; sub-packages inherit
/// the level of the nearest package named here and may know their own family.
final class LevelsTest {
  private static final String ROOT = "dev.gatehouse.";

  private static final Map<String, Integer> LEVELS =
      Map.ofEntries(
          Map.entry("app", 7),
          Map.entry("web.npm", 6),
          Map.entry("web.api", 6),
          Map.entry("publish", 5),
          Map.entry("review", 5),
          Map.entry("install", 4),
          Map.entry("issues", 4),
          Map.entry("policy", 3),
          Map.entry("packages", 3),
          Map.entry("advisories", 3),
          Map.entry("web", 3),
          Map.entry("registries", 2),
          Map.entry("access", 2),
          Map.entry("notify", 2),
          Map.entry("npm", 1),
          Map.entry("blob", 1),
          Map.entry("http", 1),
          Map.entry("upstream", 1),
          Map.entry("jobs", 1),
          Map.entry("db", 0),
          Map.entry("audit", 0),
          Map.entry("problem", 0));

  /// Formats are spoken of by everyone who moves bytes: `npm` and the `upstream` client share level
  /// one, and the client needs the names that `npm` defines. Webhooks belong to workspaces.
  private static final List<String> NEIGHBOURS = List.of("upstream -> npm", "notify -> registries");

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.gatehouse");

  @Test
  void everyPackageHasALevel() {
    assertThat(CLASSES).isNotEmpty();
    assertThat(CLASSES).allSatisfy(type -> assertThat(family(type)).isNotEmpty());
  }

  @Test
  void nothingImportsUpwards() {
    var upward = new TreeSet<String>();
    for (JavaClass type : CLASSES) {
      for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
        JavaClass target = dependency.getTargetClass().getBaseComponentType();
        if (target.getPackageName().startsWith("dev.gatehouse") && !mayKnow(type, target)) {
          upward.add(dependency.getDescription());
        }
      }
    }
    assertThat(upward).isEmpty();
  }

  @Test
  void noPackagesFormACircle() {
    SlicesRuleDefinition.slices()
        .matching("dev.gatehouse.(**)")
        .should()
        .beFreeOfCycles()
        .check(CLASSES);
  }

  private static boolean mayKnow(JavaClass from, JavaClass to) {
    String mine = family(from);
    String other = family(to);
    return mine.equals(other)
        || level(mine) > level(other)
        || NEIGHBOURS.contains(mine + " -> " + other);
  }

  private static int level(String family) {
    return LEVELS.getOrDefault(family, Integer.MIN_VALUE);
  }

  private static String family(JavaClass type) {
    String local = (type.getPackageName() + ".").substring(ROOT.length());
    return LEVELS.keySet().stream()
        .filter(name -> local.startsWith(name + "."))
        .max(Comparator.comparingInt(String::length))
        .orElse("");
  }
}
