package dev.gatehouse.access.token;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What is known of a token; the secret itself is known to its holder alone.
///
/// @param account the name of the account that it acts for
/// @param key its public name, by which it is revoked
/// @param shown the first characters of the secret, for lists
/// @param name what its owner calls it
/// @param lastUsed null if never; up to half a minute behind
/// @param unattended whether it needs no second factor where a registry asks for one
public record Token(
    long id,
    long accountId,
    String account,
    String key,
    String shown,
    String name,
    TokenLimits limits,
    Instant created,
    @Nullable Instant lastUsed,
    boolean unattended) {

  Token withId(long known) {
    return new Token(
        known, accountId, account, key, shown, name, limits, created, lastUsed, unattended);
  }
}
