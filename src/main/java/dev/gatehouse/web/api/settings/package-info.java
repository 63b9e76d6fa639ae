/// What applies to a workspace and to the server, for those who manage it.
@NullMarked
package dev.gatehouse.web.api.settings;

import org.jspecify.annotations.NullMarked;
