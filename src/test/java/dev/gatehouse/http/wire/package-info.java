@NullMarked
package dev.gatehouse.http.wire;

import org.jspecify.annotations.NullMarked;
