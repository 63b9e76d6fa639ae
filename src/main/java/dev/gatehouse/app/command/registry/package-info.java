/// The verbs for workspaces, registries and upstreams.
@NullMarked
package dev.gatehouse.app.command.registry;

import org.jspecify.annotations.NullMarked;
