@NullMarked
package dev.gatehouse.app.command.team;

import org.jspecify.annotations.NullMarked;
