@NullMarked
package dev.gatehouse.install.tarball;

import org.jspecify.annotations.NullMarked;
