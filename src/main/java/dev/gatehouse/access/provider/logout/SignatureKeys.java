package dev.gatehouse.access.provider.logout;

import com.nimbusds.jose.JWSAlgorithm;
import java.util.Set;

/// The keys by which a provider signs.
///
/// @param document as it writes them
/// @param algorithms by which of its signatures count
public record SignatureKeys(String document, Set<JWSAlgorithm> algorithms) {
  /// Keeps its own copy.
  public SignatureKeys {
    algorithms = Set.copyOf(algorithms);
  }
}
