/// People who are given rights together, the roles that owners make, and who may do what in one
/// registry.
@NullMarked
package dev.gatehouse.access.team;

import org.jspecify.annotations.NullMarked;
