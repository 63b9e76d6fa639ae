/// Provenance of versions that come from upstreams: asked for once, checked for its shape, kept.
@NullMarked
package dev.gatehouse.install.attestation;

import org.jspecify.annotations.NullMarked;
