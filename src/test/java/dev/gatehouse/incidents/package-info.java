/// The known incidents, replayed: which policy would have stopped which.
@NullMarked
package dev.gatehouse.incidents;

import org.jspecify.annotations.NullMarked;
