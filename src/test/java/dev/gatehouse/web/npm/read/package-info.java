@NullMarked
package dev.gatehouse.web.npm.read;

import org.jspecify.annotations.NullMarked;
