@NullMarked
package dev.gatehouse.app.command.message;

import org.jspecify.annotations.NullMarked;
