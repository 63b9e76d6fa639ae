@NullMarked
package dev.gatehouse.notify.hook;

import org.jspecify.annotations.NullMarked;
