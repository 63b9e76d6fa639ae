/// The program: commands, configuration, wiring and the table of all URLs.
@NullMarked
package dev.gatehouse.app;

import org.jspecify.annotations.NullMarked;
