@NullMarked
package dev.gatehouse.publish.push;

import org.jspecify.annotations.NullMarked;
