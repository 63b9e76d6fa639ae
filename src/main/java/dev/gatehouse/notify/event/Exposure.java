package dev.gatehouse.notify.event;

import java.time.Instant;

/// Somebody who has a version.
///
/// @param who the account, by the name that the trail knows
/// @param times how often it was fetched
public record Exposure(Place place, String who, String address, Instant first, long times) {}
