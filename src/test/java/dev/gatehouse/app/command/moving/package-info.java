@NullMarked
package dev.gatehouse.app.command.moving;

import org.jspecify.annotations.NullMarked;
