@NullMarked
package dev.gatehouse.packages.verify;

import org.jspecify.annotations.NullMarked;
