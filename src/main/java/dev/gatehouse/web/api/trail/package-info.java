/// The trail of changes, for those who manage the workspace.
@NullMarked
package dev.gatehouse.web.api.trail;

import org.jspecify.annotations.NullMarked;
