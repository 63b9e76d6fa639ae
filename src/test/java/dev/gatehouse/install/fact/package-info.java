/// Tests of what is found out about versions, and of what is said about them.
@NullMarked
package dev.gatehouse.install.fact;

import org.jspecify.annotations.NullMarked;
