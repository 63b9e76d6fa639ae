package dev.gatehouse.npm.packument;

/// A version that a document lists and that cannot be served, whatever the policy says. `version`
/// is the key as the document spells it, cut to 256 characters; `reason` is a sentence.
public record Dropped(String version, String reason) {}
