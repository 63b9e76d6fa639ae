@NullMarked
package dev.gatehouse.db;

import org.jspecify.annotations.NullMarked;
