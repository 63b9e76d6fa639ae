/// The second factor: codes of an authenticator app, and what works in their place.
@NullMarked
package dev.gatehouse.access.factor;

import org.jspecify.annotations.NullMarked;
