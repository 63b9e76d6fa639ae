@NullMarked
package dev.gatehouse.access.team;

import org.jspecify.annotations.NullMarked;
