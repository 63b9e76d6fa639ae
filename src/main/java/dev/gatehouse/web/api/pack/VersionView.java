package dev.gatehouse.web.api.pack;

import dev.gatehouse.install.judge.Ruling;
import dev.gatehouse.install.view.Found;
import dev.gatehouse.npm.Loose;
import dev.gatehouse.npm.packument.Part;
import dev.gatehouse.npm.packument.Selected;
import dev.gatehouse.policy.Reason;
import dev.gatehouse.policy.Verdict;
import dev.gatehouse.web.api.Answer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A version as a registry shows it.
///
/// @param hosted whether it is published here, not brought in from elsewhere
/// @param cached whether its tarball is stored here
/// @param deprecated its publisher's words; null if it is not deprecated
/// @param installScript whether installing it runs a script of its own
/// @param licence as its author writes it
/// @param withheld why it is not served; null if it is
record VersionView(
    String version,
    @Nullable String published,
    boolean hosted,
    boolean cached,
    @Nullable String deprecated,
    boolean installScript,
    String licence,
    @Nullable Withheld withheld) {

  /// Why a version is not served.
  ///
  /// @param verdict `hold`, `quarantine` or `block`
  /// @param until when a hold ends; else null
  record Withheld(String verdict, @Nullable String until, List<Why> reasons) {}

  /// A reason. `cause` is what a release lifts.
  record Why(String policy, String sentence, String cause) {}

  static VersionView of(Found.Versions found, Selected version, Set<String> cached) {
    Ruling ruling = found.ruling(version);
    boolean hosted = found.place(version) == null;
    return new VersionView(
        version.version(),
        Answer.text(version.published()),
        hosted,
        hosted || cached.contains(version.version()),
        version.row().deprecated() ? deprecated(version) : null,
        version.row().hasInstallScript(),
        licence(version),
        withheld(ruling.verdict()));
  }

  private static String deprecated(Selected version) {
    String words = read(version, Part.DEPRECATED).text();
    return words.equals("true") ? "" : words;
  }

  private static String licence(Selected version) {
    Loose licence = read(version, Part.LICENSE);
    return licence.value().isObject()
        ? new Loose(licence.value().path("type")).text()
        : licence.text();
  }

  private static Loose read(Selected version, Part part) {
    byte[] json = version.source().json(version.row(), part);
    return Loose.read(json == null ? null : new String(json, StandardCharsets.UTF_8));
  }

  private static @Nullable Withheld withheld(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Allow _ -> null;
      case Verdict.Hold(var until, var reasons) ->
          new Withheld("hold", Answer.text(until), why(reasons));
      case Verdict.Quarantine(var reasons) -> new Withheld("quarantine", null, why(reasons));
      case Verdict.Block(var reasons) -> new Withheld("block", null, why(reasons));
    };
  }

  private static List<Why> why(List<Reason> reasons) {
    return reasons.stream()
        .map(one -> new Why(one.policy().text(), one.sentence(), one.cause()))
        .toList();
  }
}
