/// Turns for those who look at something and change it by what they saw.
@NullMarked
package dev.gatehouse.db.edit;

import org.jspecify.annotations.NullMarked;
