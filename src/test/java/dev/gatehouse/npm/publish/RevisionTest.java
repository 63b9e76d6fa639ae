package dev.gatehouse.npm.publish;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.npm.publish.Revision.Maintainer;
import dev.gatehouse.npm.publish.Revision.People;
import dev.gatehouse.problem.Problem.Malformed;
import dev.gatehouse.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RevisionTest {
  @TempDir Path scratch;

  @AfterEach
  void leavesNoFile() {
    assertThat(scratch).isEmptyDirectory();
  }

  @Test
  void readsDeprecationsOfTheWholeDocumentThatComesBack() throws IOException {
    var revision =
        read(
            """
            {"_id":"n","_rev":"4-abc","name":"n","dist-tags":{"latest":"2.0.0"},"versions":{
              "1.0.0":{"name":"n","version":"1.0.0","deprecated":"use 2","dist":{"tarball":"x"}},
              "1.1.0":{"name":"n","version":"1.1.0","deprecated":""},
              "1.2.0":{"deprecated":false},"1.3.0":{"deprecated":null},
              "2.0.0":{"name":"n","version":"2.0.0","nested":{"deprecated":"not this"}}},
             "readme":{"odd":true},"time":{"created":"x"},"_attachments":{}}
            """);
    assertThat(revision.name()).hasToString("n");
    assertThat(revision.revision()).isEqualTo("4-abc");
    assertThat(revision.distTags()).isEqualTo(Map.of("latest", "2.0.0"));
    var versions = Objects.requireNonNull(revision.versions());
    assertThat(versions.present()).containsExactly("1.0.0", "1.1.0", "1.2.0", "1.3.0", "2.0.0");
    assertThat(versions.deprecations())
        .isEqualTo(Map.of("1.0.0", "use 2", "1.1.0", "", "1.2.0", "", "1.3.0", ""));
    assertThat(revision.people()).isNull();
  }

  @Test
  void tellsMissingVersionsFromNone() throws IOException {
    assertThat(read("{\"_id\":\"n\"}").versions()).isNull();
    var none = Objects.requireNonNull(read("{\"_id\":\"n\",\"versions\":{}}").versions());
    assertThat(none.present()).isEmpty();
  }

  @Test
  void readsStars() throws IOException {
    var revision = read("{\"_id\":\"n\",\"_rev\":\"1\",\"users\":{\"me\":true,\"you\":false}}");
    assertThat(revision.name()).hasToString("n");
    assertThat(revision.people()).isEqualTo(new People(Map.of("me", true, "you", false), null));
  }

  @Test
  void readsOwnersFromAClientThatSendsNothingElse() throws IOException {
    var revision = read("{\"maintainers\":[{\"name\":\"a\",\"email\":\"a@x\"},{\"name\":\"b\"}]}");
    assertThat(revision.name()).isNull();
    assertThat(revision.revision()).isNull();
    assertThat(revision.people())
        .isEqualTo(
            new People(null, List.of(new Maintainer("a", "a@x"), new Maintainer("b", null))));
  }

  @Test
  void refusesWhatIsNoMessage() {
    refuses("{\"versions\":{\"1.0.0\":{\"deprecated\":5}}}", "must be a message");
    refuses("{\"versions\":{\"1.0.0\":{},\"2.0.0\":{\"deprecated\":true}}}", "must be a message");
    refuses("{\"versions\":{\"1.0.0\":null}}", "must be an object");
    refuses("{\"versions\":[]}", "must be an object");
    refuses("{\"maintainers\":[\"me\"]}", "an object with a name");
    refuses("{\"users\":[]}", "must be an object");
    refuses("{\"dist-tags\":{\"latest\":1}}", "must be a string");
    refuses("{\"_rev\":1}", "must be a string");
  }

  @Test
  void refusesWhatStandsThereTwice() {
    refuses("{\"versions\":{\"1.0.0\":{},\"1.0.0\":{}}}", "stands in it twice");
    refuses("{\"versions\":{\"1.0.0\":{\"deprecated\":\"\",\"deprecated\":\"\"}}}", "twice");
    refuses("{\"versions\":{\"1\":{},\"2\":{\"deprecated\":\"\",\"deprecated\":\"\"}}}", "twice");
    refuses("{\"users\":{},\"users\":{}}", "stands in it twice");
    refuses("{\"_attachments\":{},\"_attachments\":{}}", "stands in it twice");
  }

  private void refuses(String body, String sentence) {
    assertThatThrownBy(() -> read(body))
        .isInstanceOfSatisfying(
            ProblemException.class, e -> assertThat(e.problem()).isInstanceOf(Malformed.class))
        .hasMessageContaining(sentence);
  }

  private Revision read(String body) throws IOException {
    var bytes = new ByteArrayInputStream(body.getBytes(UTF_8));
    return (Revision) PublishDocument.read(bytes, scratch, PublishLimits.DEFAULTS);
  }
}
