/// Signatures of registries over versions, and the keys that they verify with, as npm has them.
@NullMarked
package dev.gatehouse.npm.signature;

import org.jspecify.annotations.NullMarked;
