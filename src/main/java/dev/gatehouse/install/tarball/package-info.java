/// Tarballs: found in the store, or streamed from an upstream while they are hashed and stored.
@NullMarked
package dev.gatehouse.install.tarball;

import org.jspecify.annotations.NullMarked;
