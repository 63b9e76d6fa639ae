/// Changing packages: publishing, tags, owners and the like.
@NullMarked
package dev.gatehouse.web.npm.publish;

import org.jspecify.annotations.NullMarked;
