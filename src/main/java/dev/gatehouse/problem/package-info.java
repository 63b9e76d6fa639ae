/// What can go wrong, in words a person can act on. Plain values: no HTTP, no exceptions but one.
@NullMarked
package dev.gatehouse.problem;

import org.jspecify.annotations.NullMarked;
