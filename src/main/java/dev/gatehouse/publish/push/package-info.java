/// Publishes versions that are hosted here to upstreams: on request, and by themselves.
@NullMarked
package dev.gatehouse.publish.push;

import org.jspecify.annotations.NullMarked;
