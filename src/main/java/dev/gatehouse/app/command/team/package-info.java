/// The operator's commands on teams, roles that owners make, and permissions for single registries.
@NullMarked
package dev.gatehouse.app.command.team;

import org.jspecify.annotations.NullMarked;
