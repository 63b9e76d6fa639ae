/// Bundles that npm packages really have.
@NullMarked
package dev.gatehouse.install.attestation;

import org.jspecify.annotations.NullMarked;
