/// Who does something (`Actor`) and the trail of what was done.
@NullMarked
package dev.gatehouse.audit;

import org.jspecify.annotations.NullMarked;
