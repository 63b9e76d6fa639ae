@NullMarked
package dev.gatehouse.install;

import org.jspecify.annotations.NullMarked;
