/// What is known to be dangerous, and what of it is here.
@NullMarked
package dev.gatehouse.web.api.advisory;

import org.jspecify.annotations.NullMarked;
