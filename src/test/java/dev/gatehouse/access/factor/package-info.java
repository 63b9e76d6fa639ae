@NullMarked
package dev.gatehouse.access.factor;

import org.jspecify.annotations.NullMarked;
