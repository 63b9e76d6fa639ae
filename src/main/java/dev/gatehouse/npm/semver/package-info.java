/// Semantic versions and ranges as npm's clients understand them: the grammar, the limits and the
/// order that node-semver documents, read by scanners in linear time.
@NullMarked
package dev.gatehouse.npm.semver;

import org.jspecify.annotations.NullMarked;
