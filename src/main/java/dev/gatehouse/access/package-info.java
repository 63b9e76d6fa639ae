/// Users, passwords, roles and tokens: who may do what.
@NullMarked
package dev.gatehouse.access;

import org.jspecify.annotations.NullMarked;
