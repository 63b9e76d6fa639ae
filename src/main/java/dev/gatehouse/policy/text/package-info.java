/// Texts with stars.
@NullMarked
package dev.gatehouse.policy.text;

import org.jspecify.annotations.NullMarked;
