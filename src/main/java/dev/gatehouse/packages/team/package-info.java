/// What teams may do with packages and scopes.
@NullMarked
package dev.gatehouse.packages.team;

import org.jspecify.annotations.NullMarked;
