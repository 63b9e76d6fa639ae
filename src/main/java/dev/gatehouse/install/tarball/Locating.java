package dev.gatehouse.install.tarball;

import dev.gatehouse.blob.Blobs;
import dev.gatehouse.install.attestation.Claim;
import dev.gatehouse.install.document.Ask;
import dev.gatehouse.install.document.Settling;
import dev.gatehouse.install.judge.Refusals;
import dev.gatehouse.install.judge.Ruling;
import dev.gatehouse.install.tarball.Downloads.Kept;
import dev.gatehouse.install.view.Found;
import dev.gatehouse.install.view.Place;
import dev.gatehouse.install.view.Views;
import dev.gatehouse.npm.Hash;
import dev.gatehouse.npm.Hash.Algorithm;
import dev.gatehouse.npm.Integrity;
import dev.gatehouse.npm.PackageName;
import dev.gatehouse.npm.packument.Part;
import dev.gatehouse.npm.packument.Selected;
import dev.gatehouse.packages.CachedTarballs;
import dev.gatehouse.packages.CachedTarballs.CachedTarball;
import dev.gatehouse.policy.fact.FactKind;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import dev.gatehouse.registries.Registry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Finds where the tarball of a version lies. Every way leads through the registry's view of the
/// package, so a tarball is found exactly if its version is served.
final class Locating {
  private final Blobs blobs;
  private final Views views;
  private final CachedTarballs cached;
  private final Settling settling;
  private final Downloads downloads;

  Locating(Tarballs.Parts parts, Downloads downloads) {
    this.blobs = parts.blobs();
    this.views = parts.views();
    this.cached = parts.cached();
    this.settling = parts.settling();
    this.downloads = downloads;
  }

  /// A version of a package in a registry; `base` is the registry's URL as the asker knows it.
  record Sought(Registry registry, PackageName name, String version, String base) {}

  /// Where it is; null if there is no such version, also when everybody was asked again. A problem
  /// if it is withheld.
  @Nullable Located find(Sought sought, Ask ask) {
    Looked first = look(sought, ask);
    if (first.located() != null || !first.known() || ask.newest()) {
      return first.require();
    }
    return look(sought, ask.asNewest()).require();
  }

  /// What came of looking once.
  ///
  /// @param known whether there is such a package at all
  /// @param doubt why the version may exist although it was not seen, or null
  private record Looked(
      @Nullable Located located, boolean known, Problem.@Nullable UpstreamFailed doubt) {
    @Nullable Located require() {
      if (located == null && doubt != null) {
        throw new ProblemException(doubt);
      }
      return located;
    }
  }

  private Looked look(Sought sought, Ask ask) {
    var gathered = views.gather(sought.registry(), sought.name().value(), ask);
    return views.open(
        gathered,
        found ->
            switch (found) {
              case Found.Nothing _ -> new Looked(null, false, null);
              case Found.Unknown(Problem.UpstreamFailed problem) ->
                  new Looked(null, false, problem);
              case Found.Versions versions -> {
                Selected version = versions.all().candidate(sought.version());
                Located located = version == null ? null : judged(sought, versions, version);
                yield new Looked(located, true, versions.doubt());
              }
            });
  }

  private Located judged(Sought sought, Found.Versions found, Selected version) {
    Ruling ruling = found.ruling(version);
    if (!ruling.isServed()) {
      throw new ProblemException(
          Refusals.of(sought.base(), sought.name().value(), sought.version(), ruling));
    }
    Instant changes = found.rulings().changesAt();
    Located located = locate(sought, found, version);
    return ruling.isPending()
        ? new Located.Unseen(located, claim(found, version, ruling))
        : located.until(changes == null ? Long.MAX_VALUE : changes.toEpochMilli());
  }

  private static @Nullable Claim claim(Found.Versions found, Selected version, Ruling ruling) {
    return ruling.waitsFor(FactKind.PROVENANCE) ? found.rulings().claim(version) : null;
  }

  private Located locate(Sought sought, Found.Versions found, Selected version) {
    Integrity integrity = integrity(sought, version);
    Place place = found.place(version);
    if (place == null) {
      String digest = Objects.requireNonNull(sha512(integrity), "Hosted versions declare SHA-512");
      return Located.Stored.of(blobs.path(digest), integrity);
    }
    List<CachedTarball> rows =
        cached.find(place.through(), sought.name().value(), sought.version());
    Kept stored = recorded(rows, integrity);
    if (stored != null && rows.size() == place.through().size()) {
      return Located.Stored.of(blobs.path(stored.digest()), integrity);
    }
    var wanted =
        new Wanted(
            sought.name().value(),
            sought.version(),
            place.origin(),
            url(sought, place, version),
            integrity);
    Kept kept = stored == null ? kept(wanted) : stored;
    if (kept == null) {
      return Located.Outside.of(wanted, place.through());
    }
    downloads.record(wanted, place.through(), kept);
    return Located.Stored.of(blobs.path(kept.digest()), integrity);
  }

  private @Nullable Kept recorded(List<CachedTarball> rows, Integrity integrity) {
    return rows.stream()
        .filter(row -> row.integrity().equals(integrity.toString()) && blobs.has(row.digest()))
        .map(row -> new Kept(row.digest(), row.size()))
        .findFirst()
        .orElse(null);
  }

  /// Bytes that lie in the store already and are known to be whole: some registry has a row for
  /// them, so that they are on the disk, or this process has checked them. After a power cut a file
  /// alone proves nothing.
  private @Nullable Kept kept(Wanted wanted) {
    String digest = sha512(wanted.integrity());
    Kept fetched = downloads.kept(wanted);
    if (fetched != null || digest == null) {
      return fetched;
    }
    try {
      boolean whole =
          blobs.adopt(digest) && (settling.isUnderWay(digest) || cached.isSettled(digest));
      return whole ? new Kept(digest, Files.size(blobs.path(digest))) : null;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static Integrity integrity(Sought sought, Selected version) {
    Integrity declared = version.integrity();
    if (declared == null) {
      throw failed(
          "The upstream declares no usable integrity for %s@%s, so its bytes cannot be checked.",
          sought);
    }
    return declared;
  }

  /// As the document says it, or the canonical one if it says nothing.
  private static URI url(Sought sought, Place place, Selected version) {
    String url = version.source().text(version.row(), Part.TARBALL);
    if (url == null || url.isEmpty()) {
      return place.origin().source().resolve(sought.name().tarballPath(sought.version()));
    }
    try {
      return URI.create(url);
    } catch (IllegalArgumentException _) {
      throw failed("The upstream names no usable address for the tarball of %s@%s.", sought);
    }
  }

  private static ProblemException failed(String sentence, Sought sought) {
    return new ProblemException(
        new Problem.UpstreamFailed(
            sentence.formatted(sought.name().value(), sought.version()), false));
  }

  /// The SHA-512 that the bytes are stored by, if the version declares it.
  static @Nullable String sha512(Integrity integrity) {
    return integrity.hashes().stream()
        .filter(hash -> hash.algorithm() == Algorithm.SHA512)
        .map(Hash::hex)
        .findFirst()
        .orElse(null);
  }
}
