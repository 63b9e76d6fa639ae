/// How services are put together that the server and the operator's commands both need.
@NullMarked
package dev.gatehouse.app.wiring;

import org.jspecify.annotations.NullMarked;
