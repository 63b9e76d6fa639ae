package dev.gatehouse.install.attestation;

import dev.gatehouse.blob.Blobs;
import dev.gatehouse.install.document.Ask;
import dev.gatehouse.install.document.DocumentIndexes;
import dev.gatehouse.install.document.DocumentState;
import dev.gatehouse.install.document.Origin;
import dev.gatehouse.install.document.UpstreamDocuments;
import dev.gatehouse.npm.PackageName;
import dev.gatehouse.npm.packument.Part;
import dev.gatehouse.npm.packument.Selected;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import dev.gatehouse.upstream.source.UpstreamSource;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// The attestations of versions that come from upstreams. They are documents like any other: one
/// request however many wait, kept, and served when the upstream fails.
public final class UpstreamAttestations {
  private static final String PLACE = "-/npm/v1/attestations/";
  private static final int ATTEMPTS = 2;

  private final UpstreamDocuments documents;
  private final Blobs blobs;

  /// Those among `documents`, whose intake is [AttestationIntake], kept in `blobs`.
  public UpstreamAttestations(UpstreamDocuments documents, Blobs blobs) {
    this.documents = documents;
    this.blobs = blobs;
  }

  /// A file with attestations, and its digest.
  record Handed(Path file, String digest) {}

  /// The file with the attestations of `version`, which comes from `origin`; null if its document
  /// names none or the upstream says that there are none.
  public @Nullable Path find(Origin origin, Selected version, Ask ask) {
    if (version.source().text(version.row(), Part.ATTESTATIONS_URL) == null) {
      return null;
    }
    Handed handed = find(origin, path(origin.source(), version), ask);
    return handed == null ? null : handed.file();
  }

  /// What `origin` has at `path`; null if it says that there is nothing.
  @Nullable Handed find(Origin origin, String path, Ask ask) {
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      switch (documents.state(origin, path, ask)) {
        case DocumentState.Absent _ -> {
          return null;
        }
        case DocumentState.Failed(Problem.UpstreamFailed problem) ->
            throw new ProblemException(problem);
        case DocumentState.Known known -> {
          Path file = blobs.path(known.digest());
          if (Files.exists(file)) {
            return new Handed(file, known.digest());
          }
          documents.forget(origin, new DocumentIndexes.Key(known.digest(), path));
        }
      }
    }
    throw new ProblemException(
        new Problem.UpstreamFailed(
            "The stored copy of the attestations is gone; try again.", false));
  }

  /// Where the upstream has them: the path that it names, below its own base. A document may have
  /// been written by a stranger, and the answer goes to whoever asks, so that nothing is fetched in
  /// the upstream's trust but what lies where attestations lie.
  static String path(UpstreamSource source, Selected version) {
    String usual =
        PLACE + PackageName.parse(version.source().name()).encoded() + "@" + version.version();
    String url = version.source().text(version.row(), Part.ATTESTATIONS_URL);
    int start = url == null ? -1 : url.indexOf(PLACE);
    if (start < 0) {
      return usual;
    }
    String named = String.valueOf(url).substring(start);
    try {
      URI uri = source.resolve(named);
      return uri.getRawQuery() == null && uri.getRawFragment() == null && source.owns(uri)
          ? named
          : usual;
    } catch (IllegalArgumentException _) {
      return usual;
    }
  }
}
