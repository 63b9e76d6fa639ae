/// Reads what stored versions need.
@NullMarked
package dev.gatehouse.review.need;

import org.jspecify.annotations.NullMarked;
