/// Whether upstreams answer: what this process has seen of them.
@NullMarked
package dev.gatehouse.upstream.health;

import org.jspecify.annotations.NullMarked;
