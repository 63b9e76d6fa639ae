package dev.gatehouse.registries;

import dev.gatehouse.audit.Actor;
import dev.gatehouse.db.Vault;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import dev.gatehouse.upstream.source.Credential;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The ordered upstreams of a registry: add, move, remove.
public final class Upstreams {
  private final Registries registries;
  private final Vault vault;

  /// Upstreams of `registries`, with credentials sealed in `vault`.
  public Upstreams(Registries registries, Vault vault) {
    this.registries = registries;
    this.vault = vault;
  }

  /// Where a new upstream leads.
  public sealed interface Target {}

  /// The public registry.
  public record Public() implements Target {}

  /// Another registry of the same workspace.
  public record Here(Registry registry) implements Target {}

  /// A registry elsewhere.
  public record External(URI url, @Nullable Credential credential) implements Target {
    /// Refuses what is no web address, or carries a secret.
    public External {
      requireHttp(url);
    }
  }

  /// How a new upstream is treated.
  public record Options(boolean internal, boolean pushes, Upstream.Forward forward) {
    /// Neither internal nor pushed to.
    public static final Options NONE = new Options(false, false, Upstream.Forward.NONE);
  }

  /// Adds `target` as the last upstream of `registry`, called `name`.
  public void add(Actor actor, Registry registry, String name, Target target, Options options) {
    Registries.requireName("an upstream", name);
    registries.change(handle -> {
      // Not the directory in memory: another process may have changed it a moment ago.
      Directory now = RegistryRows.directory(handle);
      Registry current = require(now, registry);
      requireNew(current, name, target);
      if (target instanceof Here(Registry other)) {
        requireNoLoop(now, current, require(now, other));
      }
      if (target instanceof External(URI url, _) && OwnAddresses.contain(handle, url)) {
        throw new ProblemException(
            new Problem.Conflict(
                "%s is this server itself: write registry:NAME for a registry here."
                    .formatted(url)));
      }
      insert(handle, current, name, target, options);
      audit(handle, actor, registry, "upstream.add", name);
      return name;
    });
  }

  /// A name for `target` that `registry` does not have yet: its host, or the registry's name.
  public static String nameFor(Registry registry, Target target) {
    String plain =
        switch (target) {
          case Public _ -> "public";
          case Here(Registry other) -> other.name();
          case External(URI url, _) ->
              url.getHost().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.-]+", "-");
        };
    String stem = plain.replaceFirst("^[.-]+", "");
    String name = stem;
    for (int i = 2; registry.upstream(name) != null; i++) {
      name = stem + "-" + i;
    }
    return name;
  }

  /// Moves the upstream called `name` to `position`, the first being 1.
  public void move(Actor actor, Registry registry, String name, int position) {
    registries.change(handle -> {
      Registry current = require(RegistryRows.directory(handle), registry);
      List<Upstream> order = new ArrayList<>(current.upstreams());
      Upstream moved = require(current, name);
      order.remove(moved);
      order.add(Math.clamp(position - 1L, 0, order.size()), moved);
      for (int i = 0; i < order.size(); i++) {
        handle.execute("UPDATE upstream SET position = ? WHERE id = ?", i + 1, order.get(i).id());
      }
      audit(handle, actor, registry, "upstream.move", name + " to " + position);
      return name;
    });
  }

  /// Removes the upstream called `name`. What it brought in stays.
  public void remove(Actor actor, Registry registry, String name) {
    Upstream removed = require(registry, name);
    registries.change(handle -> {
      handle.execute("DELETE FROM upstream WHERE id = ?", removed.id());
      audit(handle, actor, registry, "upstream.remove", name);
      return name;
    });
  }

  /// The credential of `upstream`, opened, or null if it has none.
  public @Nullable Credential credential(Upstream.External upstream) {
    String sealed = upstream.sealedCredential();
    return sealed == null ? null : SealedCredential.open(sealed, vault);
  }

  /// The upstream called `name`, or a not-found problem with a sentence.
  public static Upstream require(Registry registry, String name) {
    Upstream found = registry.upstream(name);
    if (found == null) {
      throw new ProblemException(
          new Problem.NotFound("\"%s\" has no upstream \"%s\".".formatted(registry.name(), name)));
    }
    return found;
  }

  private static Registry require(Directory now, Registry registry) {
    Registry found = now.byId(registry.id());
    if (found == null) {
      throw new ProblemException(
          new Problem.NotFound(
              "The registry \"%s\" was deleted a moment ago.".formatted(registry.name())));
    }
    return found;
  }

  private static void requireNew(Registry registry, String name, Target target) {
    if (registry.upstream(name) != null) {
      throw new ProblemException(
          new Problem.Conflict(
              "\"%s\" has an upstream \"%s\" already: choose another name."
                  .formatted(registry.name(), name)));
    }
    for (Upstream upstream : registry.upstreams()) {
      if (isSame(upstream.source(), target)) {
        throw new ProblemException(
            new Problem.Conflict(
                "\"%s\" draws from there already: it is the upstream \"%s\"."
                    .formatted(registry.name(), upstream.name())));
      }
    }
  }

  private static boolean isSame(Upstream.Source source, Target target) {
    return switch (source) {
      case Upstream.Public _ -> target instanceof Public;
      case Upstream.Here(long id) -> target instanceof Here(Registry other) && other.id() == id;
      case Upstream.External(URI url, _) ->
          target instanceof External(URI other, _) && other.equals(url);
    };
  }

  private static void requireNoLoop(Directory now, Registry registry, Registry target) {
    if (registry.id() == target.id()) {
      throw new ProblemException(
          new Problem.Conflict("\"%s\" cannot be its own upstream.".formatted(registry.name())));
    }
    if (registry.workspace().id() != target.workspace().id()) {
      throw new ProblemException(
          new Problem.Forbidden(
              "A registry draws from registries of its own workspace only, and \"%s\" is in another."
                  .formatted(target.name())));
    }
    if (now.reaches(target.id(), registry.id())) {
      throw new ProblemException(
          new Problem.Conflict(
              "\"%s\" already draws from \"%s\": the two would ask each other in a circle."
                  .formatted(target.name(), registry.name())));
    }
  }

  private static void requireHttp(URI url) {
    String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
    boolean web = scheme.equals("http") || scheme.equals("https");
    if (!web || url.getHost() == null || url.getUserInfo() != null || url.getQuery() != null) {
      throw new ProblemException(
          new Problem.Malformed(
              "An upstream's URL is http:// or https://, a host and perhaps a path; a user or"
                  + " password is given beside it, not in it."));
    }
  }

  private void insert(
      Handle handle, Registry registry, String name, Target target, Options options) {
    Credential credential = target instanceof External(_, Credential given) ? given : null;
    handle
        .createUpdate(
            """
            INSERT INTO upstream (registry_id, position, name, kind, url, target_id, credential,
              internal, pushes, forward)
            VALUES (:registry,
              (SELECT COALESCE(MAX(position), 0) + 1 FROM upstream WHERE registry_id = :registry),
              :name, :kind, :url, :target, :credential, :internal, :pushes, :forward)
            """)
        .bind("registry", registry.id())
        .bind("name", name)
        .bind("kind", target.getClass().getSimpleName().toLowerCase(Locale.ROOT))
        .bind("url", target instanceof External(URI url, _) ? url.toString() : null)
        .bind("target", target instanceof Here(Registry other) ? Long.valueOf(other.id()) : null)
        .bind("credential", credential == null ? null : SealedCredential.of(credential, vault))
        .bind("internal", options.internal())
        .bind("pushes", options.pushes())
        .bind("forward", options.forward().name().toLowerCase(Locale.ROOT))
        .execute();
  }

  private void audit(Handle handle, Actor actor, Registry registry, String action, String name) {
    registries.audit(handle, actor, registry.workspace(), action, registry.name() + " " + name);
  }
}
