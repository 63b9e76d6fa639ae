@NullMarked
package dev.gatehouse.app.setup;

import org.jspecify.annotations.NullMarked;
