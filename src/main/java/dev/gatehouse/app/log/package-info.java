/// How log lines leave: in batches, by one thread, as text or as JSON.
@NullMarked
package dev.gatehouse.app.log;

import org.jspecify.annotations.NullMarked;
