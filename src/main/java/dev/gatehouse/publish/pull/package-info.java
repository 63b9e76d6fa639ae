/// Brings versions in from upstreams ahead of need.
@NullMarked
package dev.gatehouse.publish.pull;

import org.jspecify.annotations.NullMarked;
