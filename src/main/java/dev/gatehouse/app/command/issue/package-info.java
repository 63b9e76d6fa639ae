/// The commands about what was found to be wrong, and whom it concerns.
@NullMarked
package dev.gatehouse.app.command.issue;

import org.jspecify.annotations.NullMarked;
