@NullMarked
package dev.gatehouse.problem;

import org.jspecify.annotations.NullMarked;
