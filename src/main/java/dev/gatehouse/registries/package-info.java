/// Workspaces, registries and their ordered upstreams.
@NullMarked
package dev.gatehouse.registries;

import org.jspecify.annotations.NullMarked;
