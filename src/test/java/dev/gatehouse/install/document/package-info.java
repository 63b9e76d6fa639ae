@NullMarked
package dev.gatehouse.install.document;

import org.jspecify.annotations.NullMarked;
