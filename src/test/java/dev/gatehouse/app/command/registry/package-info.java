@NullMarked
package dev.gatehouse.app.command.registry;

import org.jspecify.annotations.NullMarked;
