package dev.gatehouse.packages.download;

import java.time.Instant;

/// That somebody fetched a version's tarball, so many times in one day (of UTC).
public record Download(
    long registryId,
    String name,
    String version,
    Fetcher who,
    Instant first,
    Instant last,
    long times) {}
