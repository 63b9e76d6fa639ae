/// JSON as bytes: reading that knows offsets, writing that copies ranges, and the checks that make
/// both safe.
@NullMarked
package dev.gatehouse.npm.packument.json;

import org.jspecify.annotations.NullMarked;
