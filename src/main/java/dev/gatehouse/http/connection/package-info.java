/// What lives as long as a connection: its bounds in time and number, its certificate, and the
/// blocking streams over its bodies.
@NullMarked
package dev.gatehouse.http.connection;

import org.jspecify.annotations.NullMarked;
