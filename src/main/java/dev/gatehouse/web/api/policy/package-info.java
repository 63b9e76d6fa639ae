/// What registries withhold, and what people decide about it.
@NullMarked
package dev.gatehouse.web.api.policy;

import org.jspecify.annotations.NullMarked;
