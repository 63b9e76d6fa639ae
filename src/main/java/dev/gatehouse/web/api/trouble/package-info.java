/// The part of the API that tells what is wrong with a client's settings, or with what it said.
@NullMarked
package dev.gatehouse.web.api.trouble;

import org.jspecify.annotations.NullMarked;
