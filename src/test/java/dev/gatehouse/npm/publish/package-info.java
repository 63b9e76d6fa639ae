@NullMarked
package dev.gatehouse.npm.publish;

import org.jspecify.annotations.NullMarked;
