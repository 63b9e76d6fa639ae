package dev.gatehouse.web.npm.publish;

import static dev.gatehouse.web.npm.publish.Shelf.widget;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.db.Dialect;
import dev.gatehouse.testing.PackageBuilder;
import dev.gatehouse.testing.TestingReply;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What speaks of a package answers the same under every spelling of its address.
@TestInstance(Lifecycle.PER_CLASS)
final class EncodingsTest {
  private static final String[] BASES = {"/r/default/", "/w/default/r/default/"};
  private static final String[] SCOPED = {"@acme/widget", "@acme%2fwidget", "@acme%2Fwidget"};
  private static final String[] PLAIN = {"plain"};

  private final Shelf shelf = new Shelf(Dialect.SQLITE);

  @BeforeAll
  void publish() {
    shelf.published("1.0.0");
    shelf.server.put(shelf.ada, "/r/default/plain", PackageBuilder.named("plain").publishBody());
    var proven = widget("1.1.0").publishDocument();
    PackageBuilder.attachProvenance(proven, widget("1.1.0").tarball());
    assertThat(shelf.put(shelf.ada, Shelf.WIDGET, proven).status()).isEqualTo(201);
  }

  @AfterAll
  void close() {
    shelf.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "NAME",
        "NAME/1.0.0",
        "NAME/latest",
        "-/package/NAME/dist-tags",
        "-/package/NAME/access",
        "-/package/NAME/visibility",
        "-/package/NAME/collaborators",
        "-/why/NAME@1.0.0",
        "-/withheld/NAME"
      })
  void isReadUnderEverySpelling(String path) {
    for (String[] spellings : new String[][] {SCOPED, PLAIN}) {
      TestingReply expected = get("/r/default/" + path.replace("NAME", spellings[0]));
      assertThat(expected.status()).as(expected.text()).isEqualTo(200);
      for (String base : BASES) {
        for (String name : spellings) {
          String asked = base + path.replace("NAME", name);
          assertThat(text(get(asked))).as(asked).isEqualTo(text(expected));
          assertThat(text(get(asked + "/"))).as(asked + "/").isEqualTo(text(expected));
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "PUT, -/package/NAME/dist-tags/beta, \"1.0.0\"",
    "DELETE, -/package/NAME/dist-tags/beta,",
    "POST, -/package/NAME/access, {\"access\":\"public\"}",
    "PUT, -/package/NAME/owners, {\"user\":\"bob\"}",
    "DELETE, -/package/NAME/owners/bob,",
    "PUT, -/user/package/NAME/star,",
    "DELETE, -/user/package/NAME/star,"
  })
  void isChangedUnderEverySpelling(String method, String path, String body) {
    for (String[] spellings : new String[][] {SCOPED, PLAIN}) {
      for (String base : BASES) {
        for (String name : spellings) {
          for (String end : new String[] {"", "/"}) {
            undo(spellings[0]);
            String asked = base + path.replace("NAME", name) + end;
            TestingReply reply = send(method, asked, body);
            assertThat(reply.status())
                .as("%s %s: %s", method, asked, reply.text())
                .isBetween(200, 204);
          }
        }
      }
    }
  }

  /// So that there is something to add and something to take away.
  private void undo(String name) {
    send("PUT", "/r/default/-/package/" + name + "/dist-tags/beta", "\"1.0.0\"");
    send("PUT", "/r/default/-/package/" + name + "/owners", "{\"user\":\"bob\"}");
  }

  private TestingReply get(String path) {
    return shelf.server.get(shelf.ada, path);
  }

  private TestingReply send(String method, String path, String body) {
    return shelf.server.send(
        shelf.ada, method, path, body == null ? null : body.getBytes(StandardCharsets.UTF_8));
  }

  /// Addresses in an answer lie below the base that was asked.
  private static String text(TestingReply reply) {
    return reply.text().replace("/w/default/r/default/", "/r/default/");
  }
}
