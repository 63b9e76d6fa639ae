/// Secrets that people choose (passwords, with a limit on guessing them) and secrets that are
/// drawn.
@NullMarked
package dev.gatehouse.access.secret;

import org.jspecify.annotations.NullMarked;
