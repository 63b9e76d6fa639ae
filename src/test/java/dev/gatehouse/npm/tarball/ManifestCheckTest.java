package dev.gatehouse.npm.tarball;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.npm.PackageName;
import dev.gatehouse.npm.semver.Version;
import dev.gatehouse.problem.ProblemException;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

final class ManifestCheckTest {
  @Test
  void acceptsWhatNpmCleans() {
    for (var version :
        new String[] {"1.2.3", "v1.2.3", "=1.2.3", " =v1.2.3 ", "1.2.3+build", "v1.2.3+a.b"}) {
      assertThatCode(() -> check(m -> m.put("name", "@s/n").put("version", version)))
          .doesNotThrowAnyException();
    }
  }

  @Test
  void refusesAnotherName() {
    refuses(m -> m.put("name", "n").put("version", "1.2.3"), "its name is \"n\", but it is");
    refuses(m -> m.put("version", "1.2.3"), "its name is");
    refuses(m -> m.put("name", "@S/n").put("version", "1.2.3"), "published as \"@s/n\"");
    refuses(m -> m.put("name", 1).put("version", "1.2.3"), "its name is");
  }

  @Test
  void refusesAnotherVersion() {
    for (var version : new String[] {"1.2.4", "1.2.3-rc.1", "1.2", "", "vv", "01.2.3"}) {
      refuses(m -> m.put("name", "@s/n").put("version", version), "its version is");
    }
    refuses(m -> m.put("name", "@s/n"), "its version is");
    refuses(m -> m.put("name", "@s/n").put("version", 1), "its version is");
  }

  private static void refuses(Consumer<ObjectNode> manifest, String sentence) {
    assertThatThrownBy(() -> check(manifest))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining(sentence);
  }

  private static void check(Consumer<ObjectNode> change) {
    var manifest = JsonNodeFactory.instance.objectNode();
    change.accept(manifest);
    var contents = new TarballContents(manifest, 1, 1, null, List.of(), false, false);
    var version = Objects.requireNonNull(Version.parse("1.2.3"));
    ManifestCheck.requireAgreement(contents, PackageName.parse("@s/n"), version);
  }
}
