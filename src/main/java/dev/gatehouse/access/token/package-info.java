/// Tokens: how they look, what they are limited to, and where they are kept.
@NullMarked
package dev.gatehouse.access.token;

import org.jspecify.annotations.NullMarked;
