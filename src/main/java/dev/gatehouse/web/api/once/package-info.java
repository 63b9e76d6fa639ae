/// The part of the API that carries a request out once, however often it is sent.
@NullMarked
package dev.gatehouse.web.api.once;

import org.jspecify.annotations.NullMarked;
