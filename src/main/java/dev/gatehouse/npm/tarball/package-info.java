/// Tarballs: what is in them, whether that may be unpacked anywhere, and how one is renumbered.
@NullMarked
package dev.gatehouse.npm.tarball;

import org.jspecify.annotations.NullMarked;
