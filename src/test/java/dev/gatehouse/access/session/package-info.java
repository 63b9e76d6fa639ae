@NullMarked
package dev.gatehouse.access.session;

import org.jspecify.annotations.NullMarked;
