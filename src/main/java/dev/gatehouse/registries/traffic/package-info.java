/// How many requests registries answer, and how: counted in memory, added up in the database.
@NullMarked
package dev.gatehouse.registries.traffic;

import org.jspecify.annotations.NullMarked;
