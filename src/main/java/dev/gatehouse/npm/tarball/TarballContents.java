package dev.gatehouse.npm.tarball;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is in a tarball that may be unpacked.
///
/// @param packageJson the package's own manifest
/// @param files how many, folders not counted
/// @param unpackedBytes the sum of their sizes, npm's `dist.unpackedSize`
/// @param readme the README, cut off at the limit
/// @param licences the texts of the licence files in its top folder, each cut off at the limit
/// @param bindingGyp whether installers run node-gyp when there is no install script
/// @param shrinkwrap whether an npm-shrinkwrap.json pins the dependencies, npm's `_hasShrinkwrap`
public record TarballContents(
    ObjectNode packageJson,
    int files,
    long unpackedBytes,
    @Nullable Readme readme,
    List<String> licences,
    boolean bindingGyp,
    boolean shrinkwrap) {
  /// Keeps its own copy.
  public TarballContents {
    licences = List.copyOf(licences);
  }

  /// A README file in the package's top folder.
  public record Readme(String fileName, String text) {}
}
