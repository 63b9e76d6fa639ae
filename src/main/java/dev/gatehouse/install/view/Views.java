package dev.gatehouse.install.view;

import dev.gatehouse.install.document.Ask;
import dev.gatehouse.install.document.DocumentIndexes;
import dev.gatehouse.install.document.DocumentState;
import dev.gatehouse.install.document.FirstSeen;
import dev.gatehouse.install.document.KnownDocument;
import dev.gatehouse.install.document.Origin;
import dev.gatehouse.install.document.UpstreamDocuments;
import dev.gatehouse.install.judge.Judging;
import dev.gatehouse.install.signature.KeyState;
import dev.gatehouse.install.signature.Receipts;
import dev.gatehouse.install.signature.UpstreamKeys;
import dev.gatehouse.packages.CachedTarballs;
import dev.gatehouse.packages.InternalNames;
import dev.gatehouse.packages.Packages;
import dev.gatehouse.packages.Packages.Holding;
import dev.gatehouse.policy.fact.FactKind;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.registries.Registries;
import dev.gatehouse.registries.Registry;
import dev.gatehouse.registries.Upstream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Gathers what a registry has under a name: what is hosted there, then each upstream in order,
/// registries *here* in process. A frozen registry, and whatever it draws from, is looked at as it
/// is stored: nobody is asked for its sake.
public final class Views {
  private static final int ATTEMPTS = 3;
  private static final Problem.UpstreamFailed DAMAGED =
      new Problem.UpstreamFailed(
          "The stored copy of the upstream's document is damaged; try again.", false);

  private final Registries registries;
  private final Packages packages;
  private final CachedTarballs cached;
  private final Ownership ownership;
  private final UpstreamDocuments documents;
  private final DocumentIndexes indexes;
  private final Origins origins;
  private final Judging judging;
  private final UpstreamKeys keys;
  private final Reading reading;

  /// What is needed to ask upstreams over HTTP.
  public record Outside(
      UpstreamDocuments documents,
      DocumentIndexes indexes,
      FirstSeen firstSeen,
      Origins origins,
      Signing signing) {}

  /// The keys of upstreams, and our signatures in their place.
  public record Signing(UpstreamKeys keys, Receipts receipts) {}

  /// What is hosted and cached here.
  public record Inside(Packages packages, CachedTarballs cached, InternalNames internal) {}

  /// Views over `registries`, whose policies `judging` asks.
  public Views(Registries registries, Inside inside, Outside outside, Judging judging) {
    this.registries = registries;
    this.packages = inside.packages();
    this.cached = inside.cached();
    this.documents = outside.documents();
    this.indexes = outside.indexes();
    this.origins = outside.origins();
    this.ownership = new Ownership(registries, inside.internal(), documents, origins);
    this.judging = judging;
    this.keys = outside.signing().keys();
    this.reading = new Reading(outside.firstSeen(), judging, outside.signing().receipts());
  }

  /// Whether the name is owned in the registry's workspace, as far as is known: nobody is asked.
  public boolean isInternal(Registry registry, String name) {
    return ownership.isInternal(registry.workspace().id(), name);
  }

  /// Asks every upstream that `registry` draws from, here or elsewhere, for its keys, if they are
  /// not known: as a policy would that checks signatures.
  public void learnKeys(Registry registry) {
    learnKeys(registry, new HashSet<>());
  }

  private void learnKeys(Registry registry, Set<Long> visited) {
    if (!visited.add(registry.id()) || registry.settings().archived()) {
      return;
    }
    for (Upstream upstream : registry.upstreams()) {
      Origin origin = origins.of(upstream);
      if (upstream.source() instanceof Upstream.Here(long target)) {
        Registry other = here(registry, target);
        if (other != null) {
          learnKeys(other, visited);
        }
      } else if (origin != null) {
        var _ = keys.of(origin, Ask.USUAL);
      }
    }
  }

  /// Whether an upstream that is not internal, of any registry of the workspace, has the name, as
  /// far as is known: nobody is asked.
  public boolean isKnownOutside(Registry registry, String name) {
    return ownership.isKnownOutside(registry.workspace().id(), name);
  }

  /// What `registry` has under `name`, after asking whomever `ask` demands.
  public Found find(Registry registry, String name, Ask ask) {
    return open(gather(registry, name, ask), found -> found);
  }

  /// What `registry` has under `name` from elsewhere, without what is hosted in it: its own
  /// versions are not read, however many there are.
  public Found findElsewhere(Registry registry, String name, Ask ask) {
    return open(gather(registry, name, ask, true), found -> found);
  }

  /// Asks whomever `ask` demands for `name`, as `registry` is set up at this moment.
  public Gathered gather(Registry registry, String name, Ask ask) {
    return gather(registry, name, ask, false);
  }

  private Gathered gather(Registry registry, String name, Ask ask, boolean elsewhere) {
    var gathered = new Gathered(registry, name, ask, elsewhere);
    Registry now = registries.directory().byId(registry.id());
    if (now != null) {
      boolean owned = isInternal(now, name) || isHeldInside(now, gathered, new HashSet<>());
      Set<Long> visited = new HashSet<>();
      collect(new Step(now, List.of(now.id()), owned, null), gathered, visited);
      gathered.isInternal(owned);
      gathered.judgedBy(judging.identity(name, visited));
      gathered.like(packages.stars(now.id(), name));
    }
    return gathered;
  }

  /// Reads the documents that were gathered and gives what they say to `use`. Whatever refers to
  /// them should be gone when that returns: while it runs, there is room in memory for them.
  public <R extends @Nullable Object> R open(Gathered first, Function<Found, R> use) {
    Gathered gathered = first;
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      try (var lease = indexes.open(gathered.documents())) {
        List<Piece.Foreign> missing = reading.missing(gathered, lease);
        if (missing.isEmpty()) {
          return use.apply(reading.found(gathered, lease));
        }
        // Replaced by a newer one a moment ago, or damaged: then it is fetched anew.
        if (isFrozen(gathered, missing)) {
          break;
        }
        for (Piece.Foreign one : missing) {
          documents.forget(one.place().origin(), one.key());
        }
      }
      gathered = gather(gathered.registry(), gathered.name(), gathered.ask(), gathered.elsewhere());
    }
    return use.apply(new Found.Unknown(DAMAGED));
  }

  /// Whether nobody may be asked for the documents again.
  private static boolean isFrozen(Gathered gathered, List<Piece.Foreign> missing) {
    return gathered.ask().storedOnly()
        || missing.stream().anyMatch(piece -> piece.offered() != null);
  }

  /// A registry on the way.
  ///
  /// @param through the ids of the registries from the one asked to this one
  /// @param owned whether nobody outside may be asked for the name
  /// @param offered if a registry on the way is frozen, the versions that it may show; else null
  private record Step(
      Registry registry, List<Long> through, boolean owned, @Nullable Set<String> offered) {

    Step to(Registry next, @Nullable Set<String> offered) {
      List<Long> longer = new ArrayList<>(through);
      longer.add(next.id());
      return new Step(next, List.copyOf(longer), owned, offered);
    }
  }

  private void collect(Step step, Gathered gathered, Set<Long> visited) {
    Registry registry = step.registry();
    if (!visited.add(registry.id())) {
      return;
    }
    if (!gathered.elsewhere() || registry.id() != gathered.registry().id()) {
      Holding holding = packages.find(registry.id(), gathered.name());
      if (holding != null) {
        gathered.add(holding, step.through());
      }
    }
    Set<String> offered = offered(step, gathered.name());
    for (Upstream upstream : registry.upstreams()) {
      if (upstream.source() instanceof Upstream.Here(long target)) {
        Registry other = here(registry, target);
        if (other != null) {
          collect(step.to(other, offered), gathered, visited);
        }
      } else if (!step.owned() || upstream.internal()) {
        Origin origin = origins.of(upstream);
        if (origin != null) {
          addUpstream(origin, step.through(), offered, gathered);
        }
      }
    }
  }

  private @Nullable Set<String> offered(Step step, String name) {
    if (!step.registry().settings().archived()) {
      return step.offered();
    }
    Set<String> own = cached.versions(step.registry().id(), name);
    if (step.offered() != null) {
      own.retainAll(step.offered());
    }
    return own;
  }

  private void addUpstream(
      Origin origin, List<Long> through, @Nullable Set<String> offered, Gathered gathered) {
    DocumentState state =
        offered == null ? ask(origin, gathered) : documents.stored(origin, gathered.name());
    switch (state) {
      case DocumentState.Absent _ -> {}
      case DocumentState.Failed(Problem.UpstreamFailed problem) -> gathered.fail(problem);
      case DocumentState.Known known -> {
        boolean checked = judging.needs(through, FactKind.SIGNATURE);
        boolean asked = checked && offered == null && !gathered.ask().storedOnly();
        KeyState signing =
            asked ? keys.of(origin, Ask.through(gathered.ask().hops())) : keys.stored(origin);
        gathered.add(new Place(origin, through, signing), known, offered);
        if (checked) {
          gathered.checkedBy(signing);
        }
      }
    }
  }

  private DocumentState ask(Origin origin, Gathered gathered) {
    return gathered
        .answers()
        .computeIfAbsent(
            origin.key(),
            _ -> {
              KnownDocument document = documents.known(origin, gathered.name());
              gathered.inputs().add(document);
              long before = document.answers();
              DocumentState state = documents.state(origin, gathered.name(), gathered.ask());
              gathered.waited(document.answers() != before);
              return state;
            });
  }

  /// Whether an upstream that is marked internal has the name: they are asked before anybody else
  /// may be. One that fails and never answered before may have it.
  private boolean isHeldInside(Registry registry, Gathered gathered, Set<Long> visited) {
    if (!visited.add(registry.id()) || registry.settings().archived()) {
      return false;
    }
    boolean held = false;
    for (Upstream upstream : registry.upstreams()) {
      Origin origin = upstream.internal() ? origins.of(upstream) : null;
      if (upstream.source() instanceof Upstream.Here(long target)) {
        Registry other = here(registry, target);
        held |= other != null && isHeldInside(other, gathered, visited);
      } else if (origin != null) {
        held |= mayHold(origin, gathered);
      }
    }
    return held;
  }

  private boolean mayHold(Origin origin, Gathered gathered) {
    return switch (ask(origin, gathered)) {
      case DocumentState.Absent _ -> false;
      case DocumentState.Known _ -> true;
      case DocumentState.Failed _ -> !documents.known(origin, gathered.name()).wasAnswered();
    };
  }

  /// The registry with that id, if it is in the same workspace; else null.
  private @Nullable Registry here(Registry registry, long id) {
    Registry other = registries.directory().byId(id);
    return other == null || other.workspace().id() != registry.workspace().id() ? null : other;
  }
}
