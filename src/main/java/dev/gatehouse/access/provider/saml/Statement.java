package dev.gatehouse.access.provider.saml;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a provider has proven of somebody.
///
/// @param id what it calls the assertion, which counts once
/// @param ends when that one counts no longer in any case
/// @param subject who they are: the NameID or the attribute of the settings
/// @param session what it calls their session; null: it does not say
/// @param manyFactors whether it says that it asked for several factors
public record Statement(
    String id,
    Instant ends,
    String subject,
    @Nullable String session,
    boolean manyFactors,
    Map<String, List<String>> attributes) {
  /// Nobody changes it later.
  public Statement {
    attributes = Map.copyOf(attributes);
  }
}
