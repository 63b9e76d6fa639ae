/// How packages are related: what a version needs, and who needs it.
@NullMarked
package dev.gatehouse.web.api.pack.relation;

import org.jspecify.annotations.NullMarked;
