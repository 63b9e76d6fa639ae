package dev.gatehouse.install.signature;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.gatehouse.blob.Blobs;
import dev.gatehouse.install.document.Ask;
import dev.gatehouse.install.document.DocumentIndexes;
import dev.gatehouse.install.document.DocumentState;
import dev.gatehouse.install.document.Origin;
import dev.gatehouse.install.document.UpstreamDocuments;
import dev.gatehouse.npm.signature.RegistryKeys;
import dev.gatehouse.problem.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import org.jspecify.annotations.Nullable;

/// The keys of upstreams. They are documents like any other: one request however many wait, kept,
/// and served when the upstream fails.
public final class UpstreamKeys {
  private static final int HELD = 200;
  private static final Problem.UpstreamFailed GONE =
      new Problem.UpstreamFailed(
          "The stored copy of the upstream's signing keys is gone; try again.", false);

  private final UpstreamDocuments documents;
  private final Blobs blobs;
  private final Cache<String, RegistryKeys> read = Caffeine.newBuilder().maximumSize(HELD).build();

  /// Those among `documents`, whose intake is [KeysIntake], kept in `blobs`.
  public UpstreamKeys(UpstreamDocuments documents, Blobs blobs) {
    this.documents = documents;
    this.blobs = blobs;
  }

  /// The keys of `origin`, which is asked if `ask` demands it.
  public KeyState of(Origin origin, Ask ask) {
    return state(origin, documents.state(origin, KeysIntake.PLACE, ask));
  }

  /// The keys of `origin` as far as they are known: it is not asked.
  public KeyState stored(Origin origin) {
    return documents.known(origin, KeysIntake.PLACE).wasAnswered()
        ? state(origin, documents.stored(origin, KeysIntake.PLACE))
        : new KeyState.Unknown(null);
  }

  private KeyState state(Origin origin, DocumentState state) {
    return switch (state) {
      case DocumentState.Absent _ -> new KeyState.None();
      // An upstream that has said before that it has none still has none while it is down.
      case DocumentState.Failed(Problem.UpstreamFailed problem) ->
          documents.known(origin, KeysIntake.PLACE).wasAnswered()
              ? new KeyState.None()
              : new KeyState.Unknown(problem);
      case DocumentState.Known known -> known(origin, known.digest());
    };
  }

  private KeyState known(Origin origin, String digest) {
    RegistryKeys keys = read.getIfPresent(digest);
    keys = keys == null ? load(digest) : keys;
    if (keys == null) {
      documents.forget(origin, new DocumentIndexes.Key(digest, KeysIntake.PLACE));
      return new KeyState.Unknown(GONE);
    }
    read.put(digest, keys);
    return keys.isEmpty() ? new KeyState.None() : new KeyState.Known(keys, digest);
  }

  private @Nullable RegistryKeys load(String digest) {
    try {
      return RegistryKeys.read(Files.readAllBytes(blobs.path(digest)));
    } catch (NoSuchFileException _) {
      return null;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
