@NullMarked
package dev.gatehouse.web.app;

import org.jspecify.annotations.NullMarked;
