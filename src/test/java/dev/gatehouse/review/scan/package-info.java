@NullMarked
package dev.gatehouse.review.scan;

import org.jspecify.annotations.NullMarked;
