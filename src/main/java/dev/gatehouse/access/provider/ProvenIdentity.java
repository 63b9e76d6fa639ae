package dev.gatehouse.access.provider;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Who somebody is by the word of a provider, once that is proven. The subject and the issuer are
/// who they are; everything else they may have chosen themselves.
///
/// @param name what a new account may be called; empty: nothing that could be
/// @param email an address that the provider has verified; empty: none
/// @param manyFactors whether the provider says that it asked for several factors
/// @param session what the provider calls the session; null: it does not say
record ProvenIdentity(
    String issuer,
    String subject,
    String name,
    String email,
    List<String> groups,
    boolean manyFactors,
    @Nullable String session) {
  ProvenIdentity {
    groups = List.copyOf(groups);
  }
}
