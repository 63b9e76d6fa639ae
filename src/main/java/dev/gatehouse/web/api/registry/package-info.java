/// Registries, and what they draw from.
@NullMarked
package dev.gatehouse.web.api.registry;

import org.jspecify.annotations.NullMarked;
