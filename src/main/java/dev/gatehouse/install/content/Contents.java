package dev.gatehouse.install.content;

import dev.gatehouse.install.document.Ask;
import dev.gatehouse.install.judge.Refusals;
import dev.gatehouse.install.judge.Ruling;
import dev.gatehouse.install.tarball.Shelf;
import dev.gatehouse.install.view.Found;
import dev.gatehouse.install.view.Views;
import dev.gatehouse.npm.Quoted;
import dev.gatehouse.npm.packument.Selected;
import dev.gatehouse.npm.tarball.InspectionLimits;
import dev.gatehouse.npm.tarball.TarballFiles;
import dev.gatehouse.npm.tarball.TarballFiles.FileText;
import dev.gatehouse.npm.tarball.TarballFiles.Listing;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import dev.gatehouse.problem.Room;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The files of versions whose bytes are in the store. Nothing is fetched for it, and nobody counts
/// as having fetched: a look installs nothing. What is withheld is shown to those alone who decide
/// about it.
public final class Contents {
  /// Some hundred files of source are usual, some ten thousand rare.
  private static final int MOST_FILES = 10_000;

  private static final int MOST_TEXT = 512 << 10;

  /// A tarball may unpack to more than anybody looks at; each look costs the time of reading it.
  private static final InspectionLimits LIMITS =
      new InspectionLimits(100_000, 512L << 20, 200, 4 << 20, 256 << 10);

  private static final int AT_ONCE = 4;

  private final Views views;
  private final Shelf shelf;
  private final Room room =
      new Room(
          AT_ONCE,
          "Too many tarballs are being looked at. Try again in a moment.",
          Duration.ofSeconds(1));

  /// The files of what `views` show and `shelf` has.
  public Contents(Views views, Shelf shelf) {
    this.views = views;
    this.shelf = shelf;
  }

  /// Reads a tarball.
  interface Reader<T> {
    T read(Path tgz) throws IOException;
  }

  /// What is in the tarball of a version.
  public Listing list(Asked asked, String version) {
    return read(asked, version, tgz -> TarballFiles.list(tgz, LIMITS, MOST_FILES));
  }

  /// The text of its file with that number.
  public FileText text(Asked asked, String version, int number) {
    return read(
        asked,
        version,
        tgz -> {
          FileText found = TarballFiles.text(tgz, LIMITS, number, MOST_TEXT);
          if (found == null) {
            throw new ProblemException(
                new Problem.NotFound(
                    "There is no file number %d in %s@%s."
                        .formatted(number, asked.name(), version)));
          }
          return found;
        });
  }

  /// What differs between two versions.
  public Comparison compare(Asked asked, String before, String after) {
    return Comparison.of(list(asked, before), list(asked, after));
  }

  /// What differs between two files; a null one is empty. Null if one of them is no text.
  public @Nullable TextDiff difference(@Nullable FileText before, @Nullable FileText after) {
    String old = before == null ? "" : before.text();
    String now = after == null ? "" : after.text();
    return old == null || now == null ? null : TextDiff.of(old, now);
  }

  private <T> T read(Asked asked, String version, Reader<T> reader) {
    Path tgz = find(asked, version);
    try {
      return room.with(() -> reader.read(tgz));
    } catch (NoSuchFileException _) {
      // Swept after it was found.
      throw notHere(asked, version);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private Path find(Asked asked, String version) {
    return views.open(
        views.gather(asked.registry(), asked.name(), Ask.USUAL),
        found ->
            switch (found) {
              case Found.Versions versions -> find(asked, version, versions);
              case Found.Nothing _ -> throw missing(asked, version);
              case Found.Unknown(Problem.UpstreamFailed problem) ->
                  throw new ProblemException(problem);
            });
  }

  private Path find(Asked asked, String version, Found.Versions found) {
    Selected candidate = found.all().candidate(version);
    if (candidate == null) {
      throw missing(asked, version);
    }
    Ruling ruling = found.ruling(candidate);
    if (!asked.decides() && !ruling.isServed()) {
      throw new ProblemException(Refusals.of(asked.base(), asked.name(), version, ruling));
    }
    Path tgz = shelf.find(found, candidate);
    if (tgz == null) {
      throw notHere(asked, version);
    }
    if (!asked.decides() && ruling.isPending()) {
      throw new ProblemException(
          new Problem.Withheld(
              "%s@%s has not been judged yet: install it, then look again."
                  .formatted(asked.name(), version)));
    }
    return tgz;
  }

  private static ProblemException missing(Asked asked, String version) {
    return new ProblemException(
        new Problem.NotFound(
            "There is no version %s of \"%s\" in the registry \"%s\"."
                .formatted(Quoted.quote(version), asked.name(), asked.registry().name())));
  }

  private static ProblemException notHere(Asked asked, String version) {
    return new ProblemException(
        new Problem.NotFound(
            "The tarball of %s@%s is not in the store, so there is nothing to look at: install it, or pull it, first."
                .formatted(asked.name(), version)));
  }
}
