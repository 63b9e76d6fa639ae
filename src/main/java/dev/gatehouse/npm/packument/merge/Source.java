package dev.gatehouse.npm.packument.merge;

import dev.gatehouse.npm.packument.PackumentIndex;

/// One document that takes part in a merge. `hosted` is true for what was published here.
public record Source(PackumentIndex index, FallbackTimes times, boolean hosted) {}
