/// Provenance of versions that come from upstreams: asked for once, kept, and checked by a trust
/// root where somebody needs to know.
@NullMarked
package dev.gatehouse.install.attestation;

import org.jspecify.annotations.NullMarked;
