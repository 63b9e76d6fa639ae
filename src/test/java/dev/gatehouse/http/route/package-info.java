@NullMarked
package dev.gatehouse.http.route;

import org.jspecify.annotations.NullMarked;
