@NullMarked
package dev.gatehouse.upstream.source;

import org.jspecify.annotations.NullMarked;
