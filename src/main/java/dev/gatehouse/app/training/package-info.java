/// A typical day in a few seconds: what the JVM should have seen before its start-up cache is
/// written.
@NullMarked
package dev.gatehouse.app.training;

import org.jspecify.annotations.NullMarked;
