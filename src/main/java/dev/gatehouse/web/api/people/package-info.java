/// Tokens and users.
@NullMarked
package dev.gatehouse.web.api.people;

import org.jspecify.annotations.NullMarked;
