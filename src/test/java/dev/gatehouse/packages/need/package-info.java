@NullMarked
package dev.gatehouse.packages.need;

import org.jspecify.annotations.NullMarked;
