/// The configuration: one tree of records, filled from the file, then the environment, then flags.
@NullMarked
package dev.gatehouse.app.config;

import org.jspecify.annotations.NullMarked;
