/// What lockfiles of all clients name: packages, versions and the integrity each expects.
@NullMarked
package dev.gatehouse.npm.lockfile;

import org.jspecify.annotations.NullMarked;
