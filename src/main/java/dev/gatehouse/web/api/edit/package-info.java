/// The part of the API by which people change what they have seen, and nothing else.
@NullMarked
package dev.gatehouse.web.api.edit;

import org.jspecify.annotations.NullMarked;
