@NullMarked
package dev.gatehouse.web.setup;

import org.jspecify.annotations.NullMarked;
