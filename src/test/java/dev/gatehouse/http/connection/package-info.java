@NullMarked
package dev.gatehouse.http.connection;

import org.jspecify.annotations.NullMarked;
