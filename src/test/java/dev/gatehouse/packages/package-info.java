@NullMarked
package dev.gatehouse.packages;

import org.jspecify.annotations.NullMarked;
