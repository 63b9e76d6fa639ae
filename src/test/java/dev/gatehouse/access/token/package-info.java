@NullMarked
package dev.gatehouse.access.token;

import org.jspecify.annotations.NullMarked;
