@NullMarked
package dev.gatehouse.advisories;

import org.jspecify.annotations.NullMarked;
