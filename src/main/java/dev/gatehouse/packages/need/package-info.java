/// Which of the packages that are here need which.
@NullMarked
package dev.gatehouse.packages.need;

import org.jspecify.annotations.NullMarked;
