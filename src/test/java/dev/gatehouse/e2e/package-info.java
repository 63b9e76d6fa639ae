/// End to end: the real launcher, real package managers, nothing in between.
@NullMarked
package dev.gatehouse.e2e;

import org.jspecify.annotations.NullMarked;
