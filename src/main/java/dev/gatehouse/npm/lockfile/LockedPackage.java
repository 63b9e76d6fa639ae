package dev.gatehouse.npm.lockfile;

import dev.gatehouse.npm.Integrity;
import org.jspecify.annotations.Nullable;

/// A version that a lockfile names.
///
/// @param version strict semver
/// @param integrity what its tarball hashes to, as the lockfile says; null where the format does
///   not tell (yarn berry hashes an archive of its own making)
public record LockedPackage(String name, String version, @Nullable Integrity integrity) {}
