/// The formats of the npm world: names, versions, ranges, integrity. Pure functions over bytes and
/// strings.
@NullMarked
package dev.gatehouse.npm;

import org.jspecify.annotations.NullMarked;
