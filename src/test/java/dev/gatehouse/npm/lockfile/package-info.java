@NullMarked
package dev.gatehouse.npm.lockfile;

import org.jspecify.annotations.NullMarked;
