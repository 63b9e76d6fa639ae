/// Signing in by an OpenID provider: which one a workspace has, the way there and back, and who of
/// the workspace somebody is.
@NullMarked
package dev.gatehouse.access.provider;

import org.jspecify.annotations.NullMarked;
