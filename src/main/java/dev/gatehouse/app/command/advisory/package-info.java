/// The operator's commands for advisories.
@NullMarked
package dev.gatehouse.app.command.advisory;

import org.jspecify.annotations.NullMarked;
