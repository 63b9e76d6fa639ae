/// What is asked, on whose behalf and within which limits: plain values.
@NullMarked
package dev.gatehouse.upstream.source;

import org.jspecify.annotations.NullMarked;
