/// The guarded HTTP client for everything that is asked outside.
@NullMarked
package dev.gatehouse.upstream;

import org.jspecify.annotations.NullMarked;
