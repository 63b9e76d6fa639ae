@NullMarked
package dev.gatehouse.upstream.address;

import org.jspecify.annotations.NullMarked;
