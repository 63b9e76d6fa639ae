/// The page behind the one-time link, where the first owner is made.
@NullMarked
package dev.gatehouse.web.setup;

import org.jspecify.annotations.NullMarked;
