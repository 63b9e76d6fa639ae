/// Reading the trail: who changed what, and when.
@NullMarked
package dev.gatehouse.review.trail;

import org.jspecify.annotations.NullMarked;
