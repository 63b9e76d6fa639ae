package dev.gatehouse.npm.semver;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import dev.gatehouse.npm.semver.VersionRange.Options;
import org.jspecify.annotations.Nullable;

/// Any text is a version, a range or neither, and what is read can be written and read again.
public final class VersionFuzz {
  private VersionFuzz() {}

  public static void fuzzerTestOneInput(FuzzedDataProvider data) {
    Options options = new Options(data.consumeBoolean(), data.consumeBoolean());
    String text = data.consumeRemainingAsString();
    Version version = Version.parseLoose(text);
    if (version != null && !version.equals(Version.parse(version.toString()))) {
      throw new AssertionError(version + " is not read as it was written");
    }
    VersionRange range = VersionRange.parse(text, options);
    if (range != null) {
      checkRange(range, options, version);
    }
  }

  private static void checkRange(VersionRange range, Options options, @Nullable Version version) {
    String written = range.toString();
    if (written.length() > VersionRange.MAX_LENGTH) {
      return;
    }
    VersionRange again =
        VersionRange.parse(written, new Options(false, options.includePrerelease()));
    if (again == null || !written.equals(again.toString())) {
      throw new AssertionError(written + " is not read as it was written");
    }
    if (version != null && range.includes(version) != again.includes(version)) {
      throw new AssertionError(written + " does not mean the same when it is read again");
    }
  }
}
