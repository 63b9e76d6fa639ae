package dev.gatehouse.install;

/// What an answer is for. `base` is the registry's URL as the client addresses it, without a
/// trailing slash: tarball URLs begin with it.
record RenderKey(long registryId, String name, Form form, Encoding encoding, String base) {}
