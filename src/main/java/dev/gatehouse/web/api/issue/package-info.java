/// Issues, as people read and work on them.
@NullMarked
package dev.gatehouse.web.api.issue;

import org.jspecify.annotations.NullMarked;
