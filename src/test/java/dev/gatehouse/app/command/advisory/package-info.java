@NullMarked
package dev.gatehouse.app.command.advisory;

import org.jspecify.annotations.NullMarked;
