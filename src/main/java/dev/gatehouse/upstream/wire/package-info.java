/// One guarded HTTP exchange: connections, redirects, deadlines, retries, failures in words.
@NullMarked
package dev.gatehouse.upstream.wire;

import org.jspecify.annotations.NullMarked;
