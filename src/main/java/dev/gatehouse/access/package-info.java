/// Who asks, and what they may do. The sub-packages keep secrets, accounts and tokens; this one
/// puts them together into the [Authenticator] that every request goes through.
@NullMarked
package dev.gatehouse.access;

import org.jspecify.annotations.NullMarked;
