package dev.gatehouse.npm;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import dev.gatehouse.npm.semver.Version;
import dev.gatehouse.npm.semver.VersionRange;
import java.net.URI;
import java.util.List;
import java.util.Locale;

/// Names, tags, integrities and file names of any text: what is taken is harmless in a path, and
/// nothing but a plain "no" comes of the rest.
public final class NamesFuzz {
  private NamesFuzz() {}

  public static void fuzzerTestOneInput(FuzzedDataProvider data) {
    String text = data.consumeRemainingAsString();
    if (PackageName.isValid(text)) {
      checkName(PackageName.parse(text), text);
    }
    if (TagName.isValid(text)) {
      require(text.indexOf('/') < 0 && !text.equals(".."), text);
      require(VersionRange.parse(text) == null && Version.parseLoose(text) == null, text);
    }
    Integrity integrity = Integrity.parse(text);
    if (integrity != null) {
      require(integrity.equals(Integrity.parse(integrity.toString())), text);
      require(!new IntegrityCheck(List.of(integrity)).finish().sha512().hex().isEmpty(), text);
    }
    Integrity shasum = Integrity.ofShasum(text);
    require(shasum == null || shasum.hashes().getFirst().hex().equalsIgnoreCase(text), text);
  }

  private static void checkName(PackageName name, String text) {
    String path = "/" + name.tarballPath("1.0.0");
    require(URI.create(path).normalize().getRawPath().equals(path), text);
    require(name.encoded().indexOf('/') < 0, text);
    require("1.0.0".equals(TarballName.versionIn(name, name.tarballFile("1.0.0"))), text);
    String whole = name.scope() == null ? "" : "@" + name.scope() + "/";
    require(name.value().equals(whole + name.unscoped()), text);
    require(!name.isPublishable() || text.toLowerCase(Locale.ROOT).equals(text), text);
  }

  private static void require(boolean holds, String text) {
    if (!holds) {
      throw new AssertionError("Broken by " + Quoted.quote(text));
    }
  }
}
