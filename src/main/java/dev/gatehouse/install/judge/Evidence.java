package dev.gatehouse.install.judge;

import dev.gatehouse.advisories.Advisories;

/// Where facts come from that no packument holds.
public record Evidence(Advisories advisories, Inspections inspections) {}
