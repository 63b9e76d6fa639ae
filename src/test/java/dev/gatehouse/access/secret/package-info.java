@NullMarked
package dev.gatehouse.access.secret;

import org.jspecify.annotations.NullMarked;
