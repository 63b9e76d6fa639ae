@NullMarked
package dev.gatehouse.app.log;

import org.jspecify.annotations.NullMarked;
