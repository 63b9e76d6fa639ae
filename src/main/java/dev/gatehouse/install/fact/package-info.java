/// What is known of each version: from its packument, from advisories, and from its tarball where
/// somebody has looked into it.
@NullMarked
package dev.gatehouse.install.fact;

import org.jspecify.annotations.NullMarked;
