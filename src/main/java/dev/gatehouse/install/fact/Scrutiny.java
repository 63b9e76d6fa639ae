package dev.gatehouse.install.fact;

import dev.gatehouse.install.attestation.AttestationChecks;
import dev.gatehouse.install.attestation.Attested;
import dev.gatehouse.install.attestation.Claim;
import dev.gatehouse.install.document.Ask;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// What has to be looked at before a policy lets a tarball go: its bytes, and the statement of how
/// they came about.
public record Scrutiny(Inspections inspections, AttestationChecks attestations) {

  /// A tarball in the store, and what it hashes to.
  public record Tarball(String name, String version, String integrity, Path file) {}

  /// Looks through the tarball.
  public void inspect(Tarball tarball) {
    inspections.inspect(tarball.name(), tarball.version(), tarball.integrity(), tarball.file());
  }

  /// Looks at its provenance, if it claims some; false if nobody may be asked for it and it is not
  /// stored.
  public boolean verify(@Nullable Claim claim, Ask ask) {
    if (claim == null) {
      return true;
    }
    Attested found = attestations.look(claim, ask);
    return found != null;
  }
}
