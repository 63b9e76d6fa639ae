/// What needs somebody in a workspace, and what goes on in it, as numbers.
@NullMarked
package dev.gatehouse.review.overview;

import org.jspecify.annotations.NullMarked;
