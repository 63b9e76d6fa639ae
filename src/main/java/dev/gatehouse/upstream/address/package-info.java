/// Which network addresses may be connected to, and how names become addresses.
@NullMarked
package dev.gatehouse.upstream.address;

import org.jspecify.annotations.NullMarked;
