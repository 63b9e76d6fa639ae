@NullMarked
package dev.gatehouse.access.invitation;

import org.jspecify.annotations.NullMarked;
