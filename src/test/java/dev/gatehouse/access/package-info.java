@NullMarked
package dev.gatehouse.access;

import org.jspecify.annotations.NullMarked;
