package dev.gatehouse.install.dryrun;

import dev.gatehouse.install.ledger.Ledger.Cause;
import dev.gatehouse.install.ledger.Ledger.Withheld;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What becomes of one version that somebody asked for.
///
/// @param withheld how it would be refused; null if it would not be
/// @param instead what clients would take for the same major version, of 0.x the same minor one;
///   several where clients do not agree
/// @param told what else there is to say; null if nothing
public record Fate(
    String name,
    String version,
    Effect effect,
    @Nullable Withheld withheld,
    List<String> instead,
    @Nullable String told) {

  static Fate of(String name, String version, Effect effect, @Nullable String told) {
    return new Fate(name, version, effect, null, List.of(), told);
  }

  /// Why it would be refused; nothing if it would not be.
  public List<Cause> reasons() {
    return withheld == null ? List.of() : withheld.reasons();
  }
}
