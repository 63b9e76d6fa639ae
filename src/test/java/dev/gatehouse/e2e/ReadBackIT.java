package dev.gatehouse.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.e2e.clients.Client;
import dev.gatehouse.e2e.clients.Run;
import dev.gatehouse.e2e.clients.Verb;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What each client writes, another reads back after the server was stopped and started again.
class ReadBackIT extends OnStage {
  private final Map<Client, Path> projects = new EnumMap<>(Client.class);

  @BeforeAll
  void prepare() {
    stage().token("bob");
    for (Client client : Client.values()) {
      projects.put(client, Projects.empty(stage().directory("project"), client));
    }
  }

  @Test
  void tagsStayAndRemovedTagsStayRemoved() {
    stage().publish("@e2e/tagged", "1.0.0");
    List<Client> writers = Client.having(Verb.TAG_ADD, Verb.TAG_REMOVE).toList();
    for (Client writer : writers) {
      run(writer, Verb.TAG_ADD, "@e2e/tagged", "1.0.0", "kept-" + writer.id());
      run(writer, Verb.TAG_ADD, "@e2e/tagged", "1.0.0", "gone-" + writer.id());
      run(writer, Verb.TAG_REMOVE, "@e2e/tagged", "gone-" + writer.id());
    }
    stage().server().restart();
    String[] kept = writers.stream().map(writer -> "kept-" + writer.id()).toArray(String[]::new);
    Client.having(Verb.TAG_LIST)
        .forEach(reader ->
            assertThat(run(reader, Verb.TAG_LIST, "@e2e/tagged").text())
                .contains("latest")
                .contains(kept)
                .doesNotContain("gone-"));
  }

  @Test
  void deprecationsStayAndLiftedOnesStayLifted() {
    List<Client> writers = Client.having(Verb.DEPRECATE).toList();
    for (Client writer : writers) {
      stage().publish("old-" + writer.id(), "1.0.0");
      stage().publish("new-" + writer.id(), "1.0.0");
      run(writer, Verb.DEPRECATE, "old-" + writer.id(), "1.0.0", "too old, says " + writer);
      run(writer, Verb.DEPRECATE, "new-" + writer.id(), "1.0.0", "too old, says " + writer);
      run(writer, Verb.UNDEPRECATE, "new-" + writer.id(), "1.0.0");
    }
    stage().server().restart();
    for (Client writer : writers) {
      Client reader = writer.next(Verb.VIEW);
      assertThat(run(reader, Verb.VIEW, "old-" + writer.id()).out())
          .contains("too old, says " + writer);
      assertThat(run(reader, Verb.VIEW, "new-" + writer.id()).out()).doesNotContain("too old");
    }
    Client one = writers.getFirst();
    Client.having(Verb.VIEW)
        .forEach(reader ->
            assertThat(run(reader, Verb.VIEW, "old-" + one.id()).out())
                .contains("too old, says " + one));
  }

  @Test
  void installersAreWarnedOfADeprecation() {
    stage().publish("discouraged", "1.0.0");
    run(Client.PNPM_12, Verb.DEPRECATE, "discouraged", "1.0.0", "take the other one");
    stage().server().restart();
    Stream.of(Client.NPM_12, Client.YARN_1, Client.BUN, Client.DENO)
        .forEach(reader ->
            assertThat(run(reader, Verb.ADD, "discouraged", "1.0.0").text())
                .contains("take the other one"));
  }

  @Test
  void ownersStayAndRemovedOwnersStayRemoved() {
    List<Client> writers = Client.having(Verb.OWNER_ADD).toList();
    for (Client writer : writers) {
      stage().publish(owned(writer), "1.0.0");
      run(writer, Verb.OWNER_ADD, "bob", owned(writer));
    }
    List<Client> removers = Client.having(Verb.OWNER_REMOVE).toList();
    for (Client remover : removers) {
      stage().publish("left-" + remover.id(), "1.0.0");
      run(remover.next(Verb.OWNER_ADD), Verb.OWNER_ADD, "bob", "left-" + remover.id());
      run(remover, Verb.OWNER_REMOVE, "bob", "left-" + remover.id());
    }
    stage().server().restart();
    for (Client writer : writers) {
      Client reader = writer.next(Verb.OWNER_LIST);
      assertThat(run(reader, Verb.OWNER_LIST, owned(writer)).out()).contains("ann", "bob");
    }
    for (Client remover : removers) {
      Client reader = remover.next(Verb.OWNER_LIST);
      assertThat(run(reader, Verb.OWNER_LIST, "left-" + remover.id()).out())
          .contains("ann")
          .doesNotContain("bob");
    }
  }

  @Test
  void accessStays() {
    List<Client> writers = Client.having(Verb.ACCESS_SET).toList();
    for (Client writer : writers) {
      stage().publish("@e2e/closed-" + writer.id(), "1.0.0");
      stage().publish("@e2e/open-" + writer.id(), "1.0.0");
      run(writer, Verb.ACCESS_SET, "private", "@e2e/closed-" + writer.id());
      run(writer, Verb.ACCESS_SET, "private", "@e2e/open-" + writer.id());
      run(writer, Verb.ACCESS_SET, "public", "@e2e/open-" + writer.id());
    }
    stage().server().restart();
    for (Client writer : writers) {
      Client reader = writer.next(Verb.ACCESS_GET);
      assertThat(run(reader, Verb.ACCESS_GET, "@e2e/closed-" + writer.id()).out())
          .containsAnyOf("private", "restricted");
      assertThat(run(reader, Verb.ACCESS_GET, "@e2e/open-" + writer.id()).out()).contains("public");
      assertThat(run(reader, Verb.COLLABORATORS, "@e2e/open-" + writer.id()).out()).contains("ann");
    }
  }

  @Test
  void starsStayAndRemovedStarsStayRemoved() {
    List<Client> writers = Client.having(Verb.STAR).toList();
    for (Client writer : writers) {
      stage().publish("bright-" + writer.id(), "1.0.0");
      stage().publish("dark-" + writer.id(), "1.0.0");
      run(writer, Verb.STAR, "bright-" + writer.id());
      run(writer, Verb.STAR, "dark-" + writer.id());
      run(writer, Verb.UNSTAR, "dark-" + writer.id());
    }
    stage().server().restart();
    String[] bright =
        writers.stream().map(writer -> "bright-" + writer.id()).toArray(String[]::new);
    Client.having(Verb.STARS)
        .forEach(reader ->
            assertThat(run(reader, Verb.STARS, "ann").text())
                .contains(bright)
                .doesNotContain("dark-"));
  }

  @Test
  void theProfileStays() {
    for (Client writer : Client.having(Verb.PROFILE_SET).toList()) {
      run(writer, Verb.PROFILE_SET, "fullname", "Ann of " + writer.id());
      stage().server().restart();
      assertThat(run(writer.next(Verb.PROFILE_GET), Verb.PROFILE_GET).out())
          .contains("Ann of " + writer.id())
          .contains("ann");
    }
  }

  /// yarn 1 takes no scoped name here.
  private static String owned(Client writer) {
    boolean scoped = writer != Client.YARN_1 && writer.next(Verb.OWNER_LIST) != Client.YARN_1;
    return (scoped ? "@e2e/owned-" : "owned-") + writer.id();
  }

  private Run run(Client client, Verb verb, String... values) {
    Path project = projects.get(client);
    if (project == null) {
      throw new IllegalStateException("no project for " + client);
    }
    return stage().seat(client).withoutAgeGate().run(project, verb, values).ok();
  }
}
