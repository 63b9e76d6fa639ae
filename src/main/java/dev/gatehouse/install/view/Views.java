package dev.gatehouse.install.view;

import dev.gatehouse.install.document.Ask;
import dev.gatehouse.install.document.DocumentIndexes;
import dev.gatehouse.install.document.DocumentState;
import dev.gatehouse.install.document.FirstSeen;
import dev.gatehouse.install.document.Origin;
import dev.gatehouse.install.document.UpstreamDocuments;
import dev.gatehouse.npm.packument.PackumentIndex;
import dev.gatehouse.npm.packument.PackumentParse;
import dev.gatehouse.npm.packument.Selected;
import dev.gatehouse.npm.packument.merge.FallbackTimes;
import dev.gatehouse.npm.packument.merge.MergedPackument;
import dev.gatehouse.npm.packument.merge.PackumentMerge;
import dev.gatehouse.npm.packument.merge.Source;
import dev.gatehouse.packages.CachedTarballs;
import dev.gatehouse.packages.HostedDocument;
import dev.gatehouse.packages.InternalNames;
import dev.gatehouse.packages.Packages;
import dev.gatehouse.packages.Packages.Holding;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.registries.Directory;
import dev.gatehouse.registries.Registries;
import dev.gatehouse.registries.Registry;
import dev.gatehouse.registries.Upstream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Gathers what a registry has under a name: what is hosted there, then each upstream in order,
/// registries *here* in process.
public final class Views {
  private final Registries registries;
  private final Packages packages;
  private final CachedTarballs cached;
  private final InternalNames internal;
  private final Outside outside;

  /// What is needed to ask upstreams over HTTP.
  public record Outside(
      UpstreamDocuments documents, DocumentIndexes indexes, FirstSeen firstSeen, Origins origins) {}

  /// What is hosted and cached here.
  public record Inside(Packages packages, CachedTarballs cached, InternalNames internal) {}

  /// Views over `registries`.
  public Views(Registries registries, Inside inside, Outside outside) {
    this.registries = registries;
    this.packages = inside.packages();
    this.cached = inside.cached();
    this.internal = inside.internal();
    this.outside = outside;
  }

  /// What `registry` has under `name`, after asking whomever `ask` demands.
  public Found find(Registry registry, String name, Ask ask) {
    var collected = new Collected();
    collect(registry, name, ask, collected, new HashSet<>());
    Problem.UpstreamFailed failure = collected.decisiveFailure();
    if (failure != null) {
      return new Found.Unknown(failure);
    }
    if (collected.sources.isEmpty()) {
      return new Found.Nothing(collected.inputs);
    }
    MergedPackument merged = PackumentMerge.merge(Map.of(), collected.sources);
    Set<String> offered =
        registry.settings().archived() ? cached.versions(registry.id(), name) : null;
    String identity = collected.identity() + (offered == null ? "" : offered);
    return new Found.Versions(
        merged.serving(
            version -> offered == null || isOffered(collected, version, offered),
            revision(collected, identity)),
        identity,
        collected.origins,
        collected.inputs,
        collected.isPartial());
  }

  /// Whether the name is owned in the registry's workspace.
  public boolean isInternal(Registry registry, String name) {
    long workspace = registry.workspace().id();
    return internal.contains(workspace, name) || claims(registries.directory(), workspace, name);
  }

  /// Whether an upstream that is not internal, of any registry of the workspace, has the name, as
  /// far as is known: nobody is asked.
  public boolean isKnownOutside(Registry registry, String name) {
    return registries.directory().all().stream()
        .filter(one -> one.workspace().equals(registry.workspace()))
        .flatMap(one -> one.upstreams().stream())
        .filter(upstream -> !upstream.internal())
        .map(outside.origins()::of)
        .anyMatch(origin -> origin != null && outside.documents().known(origin, name).isThere());
  }

  private static boolean isOffered(Collected collected, Selected version, Set<String> cached) {
    return cached.contains(version.version()) || !collected.origins.containsKey(version.source());
  }

  private void collect(
      Registry registry, String name, Ask ask, Collected collected, Set<Long> visited) {
    if (!visited.add(registry.id())) {
      return;
    }
    Holding holding = packages.find(registry.id(), name);
    if (holding != null) {
      addHosted(holding, collected);
    }
    boolean owned = isInternal(registry, name);
    for (Upstream upstream : registry.upstreams()) {
      if (upstream.source() instanceof Upstream.Here(long target)) {
        Registry other = registries.directory().byId(target);
        if (other != null) {
          collect(other, name, ask, collected, visited);
        }
      } else if (!owned || upstream.internal()) {
        Origin origin = outside.origins().of(upstream);
        if (origin != null) {
          addUpstream(origin, name, ask, collected);
        }
      }
    }
  }

  private static boolean claims(Directory directory, long workspace, String name) {
    return name.startsWith("@")
        && directory.all().stream()
            .anyMatch(one -> one.workspace().id() == workspace && one.claims(name));
  }

  private static void addHosted(Holding holding, Collected collected) {
    byte[] document = HostedDocument.of(holding);
    switch (PackumentIndex.parse(document, holding.hosted().name())) {
      case PackumentParse.Parsed(PackumentIndex index) ->
          collected.add(
              new Source(index, FallbackTimes.NONE, !holding.versions().isEmpty()),
              "hosted "
                  + holding.hosted().registryId()
                  + " "
                  + holding.hosted().rev()
                  + " "
                  + holding.stars().hashCode());
      case PackumentParse.Unusable(String sentence) ->
          throw new IllegalStateException(
              "What is hosted under " + holding.hosted().name() + " cannot be read: " + sentence);
    }
  }

  /// A document whose bytes are gone was replaced by another process, or is damaged: it is fetched
  /// anew, once.
  private void addUpstream(Origin origin, String name, Ask ask, Collected collected) {
    collected.inputs.add(outside.documents().known(origin, name));
    for (int attempt = 0; attempt < 2; attempt++) {
      if (add(origin, name, outside.documents().state(origin, name, ask), collected)) {
        return;
      }
    }
    collected.fail(
        new Problem.UpstreamFailed(
            "The stored copy of the upstream's document is damaged; try again.", false));
  }

  private boolean add(Origin origin, String name, DocumentState state, Collected collected) {
    switch (state) {
      case DocumentState.Absent _ -> collected.note("absent");
      case DocumentState.Failed(Problem.UpstreamFailed problem) -> collected.fail(problem);
      case DocumentState.Known known -> {
        PackumentIndex index = index(origin, name, known);
        if (index == null) {
          return false;
        }
        collected.origins.put(index, origin);
        collected.add(
            new Source(index, outside.firstSeen().times(origin, index, known.modified()), false),
            known.digest());
      }
    }
    return true;
  }

  private @Nullable PackumentIndex index(Origin origin, String name, DocumentState.Known known) {
    try {
      PackumentIndex index = outside.indexes().stored(known.digest(), name);
      if (index == null) {
        outside.documents().forget(origin, name);
      }
      return index;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /// Clients send the revision back when they change a package; what is not hosted has a stable one
  /// too, because some put `undefined` into URLs without it.
  private static String revision(Collected collected, String identity) {
    String hosted = collected.sources.getFirst().index().detail("_rev");
    return hosted != null
        ? hosted.replace("\"", "")
        : "0-" + String.format("%08x", identity.hashCode());
  }
}
