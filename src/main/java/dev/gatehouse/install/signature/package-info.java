/// Signatures of registries over what comes from upstreams: the keys of those who have some, and
/// our own signature over what comes from those who have none.
@NullMarked
package dev.gatehouse.install.signature;

import org.jspecify.annotations.NullMarked;
