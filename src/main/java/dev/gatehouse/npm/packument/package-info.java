/// The packument, the document of all versions of a package: read once into an index of byte
/// ranges, merged over sources, and rendered by copying the ranges that remain. Pure functions over
/// bytes.
@NullMarked
package dev.gatehouse.npm.packument;

import org.jspecify.annotations.NullMarked;
