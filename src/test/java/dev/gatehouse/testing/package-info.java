/// What tests of several packages share: databases, clocks, servers. All of it real.
@NullMarked
package dev.gatehouse.testing;

import org.jspecify.annotations.NullMarked;
