/// All policies by name: their defaults, how their settings are written, how they are compiled.
@NullMarked
package dev.gatehouse.policy.catalogue;

import org.jspecify.annotations.NullMarked;
