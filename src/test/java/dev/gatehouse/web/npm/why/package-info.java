@NullMarked
package dev.gatehouse.web.npm.why;

import org.jspecify.annotations.NullMarked;
