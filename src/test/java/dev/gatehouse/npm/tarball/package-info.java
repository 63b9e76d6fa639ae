@NullMarked
package dev.gatehouse.npm.tarball;

import org.jspecify.annotations.NullMarked;
