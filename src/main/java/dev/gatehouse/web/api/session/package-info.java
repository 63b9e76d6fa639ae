/// Signing in and out, and who one is.
@NullMarked
package dev.gatehouse.web.api.session;

import org.jspecify.annotations.NullMarked;
