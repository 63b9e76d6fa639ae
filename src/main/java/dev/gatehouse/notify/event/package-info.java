/// What happens that somebody may want to be told of, in words and as data.
@NullMarked
package dev.gatehouse.notify.event;

import org.jspecify.annotations.NullMarked;
