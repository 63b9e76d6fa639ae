@NullMarked
package dev.gatehouse.packages.download;

import org.jspecify.annotations.NullMarked;
