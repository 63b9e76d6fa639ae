package dev.gatehouse.upstream;

import java.time.Duration;

/// A JSON document to send to an upstream, and what its answer may cost.
///
/// @param path where to, percent-encoded and relative to the upstream's base
/// @param time until the answer is here whole
/// @param bytes of the answer
public record JsonQuestion(String path, String json, Duration time, long bytes) {}
