/// The end of sessions that came from a provider: when it says so, and when it is used no longer.
@NullMarked
package dev.gatehouse.access.provider.logout;

import org.jspecify.annotations.NullMarked;
