package dev.gatehouse.registries;

import dev.gatehouse.audit.Actor;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
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
  public record External(URI url, @Nullable Credential credential) implements Target {}

  /// How a new upstream is treated.
  public record Options(boolean internal, boolean pushes, Upstream.Forward forward) {
    /// Neither internal nor pushed to.
    public static final Options NONE = new Options(false, false, Upstream.Forward.NONE);
  }

  /// Adds `target` as the last upstream of `registry`, called `name`.
  public void add(Actor actor, Registry registry, String name, Target target, Options options) {
    switch (target) {
      case Here(Registry other) -> requireNoLoop(registry, other);
      case External(URI url, _) -> requireHttp(url);
      case Public _ -> {}
    }
    registries.change(handle -> {
      Registry now = registries.directory().byId(registry.id());
      if (now == null || now.upstream(name) != null) {
        throw new ProblemException(
            new Problem.Conflict(
                "\"%s\" has an upstream \"%s\" already: choose another name."
                    .formatted(registry.name(), name)));
      }
      insert(handle, now, name, target, options);
      audit(handle, actor, registry, "upstream.add", name);
      return name;
    });
  }

  /// Moves the upstream called `name` to `position`, the first being 1.
  public void move(Actor actor, Registry registry, String name, int position) {
    List<Upstream> order = new ArrayList<>(registry.upstreams());
    Upstream moved = require(registry, name);
    order.remove(moved);
    order.add(Math.clamp(position - 1L, 0, order.size()), moved);
    registries.change(handle -> {
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
    return sealed == null ? null : vault.open(sealed);
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

  private void requireNoLoop(Registry registry, Registry target) {
    if (registries.directory().reaches(target.id(), registry.id())) {
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
            VALUES (:registry, :position, :name, :kind, :url, :target, :credential, :internal,
              :pushes, :forward)
            """)
        .bind("registry", registry.id())
        .bind("position", registry.upstreams().size() + 1)
        .bind("name", name)
        .bind("kind", target.getClass().getSimpleName().toLowerCase(Locale.ROOT))
        .bind("url", target instanceof External(URI url, _) ? url.toString() : null)
        .bind("target", target instanceof Here(Registry other) ? Long.valueOf(other.id()) : null)
        .bind("credential", credential == null ? null : vault.seal(credential))
        .bind("internal", options.internal())
        .bind("pushes", options.pushes())
        .bind("forward", options.forward().name().toLowerCase(Locale.ROOT))
        .execute();
  }

  private void audit(Handle handle, Actor actor, Registry registry, String action, String name) {
    registries.audit(handle, actor, registry.workspace(), action, registry.name() + " " + name);
  }
}
