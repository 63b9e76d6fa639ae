package dev.gatehouse.install.document;

import dev.gatehouse.upstream.source.UpstreamSource;

/// An upstream that is asked over HTTP. Registries whose origins have the same `key` share its
/// documents: the key tells address and credential apart, never a registry.
public record Origin(String key, UpstreamSource source) {}
