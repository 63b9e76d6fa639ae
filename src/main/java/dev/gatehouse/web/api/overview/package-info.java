/// The workspace at a glance.
@NullMarked
package dev.gatehouse.web.api.overview;

import org.jspecify.annotations.NullMarked;
