/// Judges what is here again when something is learnt about it, and reports what it finds as
/// issues.
@NullMarked
package dev.gatehouse.review.scan;

import org.jspecify.annotations.NullMarked;
