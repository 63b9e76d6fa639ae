/// Packages and their versions, as a registry shows them.
@NullMarked
package dev.gatehouse.web.api.pack;

import org.jspecify.annotations.NullMarked;
