/// The operator's commands that move versions between registries.
@NullMarked
package dev.gatehouse.app.command.moving;

import org.jspecify.annotations.NullMarked;
