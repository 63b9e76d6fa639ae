package dev.gatehouse.install.fact;

import dev.gatehouse.advisories.Advisories;
import dev.gatehouse.install.attestation.AttestationFindings;
import dev.gatehouse.install.signature.SignatureChecks;

/// Where facts come from that no packument holds.
public record Evidence(
    Advisories advisories,
    Inspections inspections,
    SignatureChecks signatures,
    AttestationFindings attestations) {}
