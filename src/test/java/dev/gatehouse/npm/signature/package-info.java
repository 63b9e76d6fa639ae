@NullMarked
package dev.gatehouse.npm.signature;

import org.jspecify.annotations.NullMarked;
