/// The npm wire protocol, one class per resource.
@NullMarked
package dev.gatehouse.web.npm;

import org.jspecify.annotations.NullMarked;
