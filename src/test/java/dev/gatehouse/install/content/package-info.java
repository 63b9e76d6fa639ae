@NullMarked
package dev.gatehouse.install.content;

import org.jspecify.annotations.NullMarked;
