/// Commands about who is told what happens.
@NullMarked
package dev.gatehouse.app.command.message;

import org.jspecify.annotations.NullMarked;
