package dev.gatehouse.advisories.osv;

import dev.gatehouse.advisories.Advisory;
import java.util.Map;

/// One record of a feed.
///
/// @param packages what it says of each npm package that it names; empty if it names none
/// @param misread how many of its ranges and versions cannot be understood, and are left out
public record OsvRecord(String id, Map<String, Advisory> packages, int misread) {
  public OsvRecord {
    packages = Map.copyOf(packages);
  }
}
