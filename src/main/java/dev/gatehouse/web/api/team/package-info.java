/// Teams, roles that owners make, and who may do what in a registry.
@NullMarked
package dev.gatehouse.web.api.team;

import org.jspecify.annotations.NullMarked;
