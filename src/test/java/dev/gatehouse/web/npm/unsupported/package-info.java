@NullMarked
package dev.gatehouse.web.npm.unsupported;

import org.jspecify.annotations.NullMarked;
