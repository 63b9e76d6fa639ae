/// Changes to what is published: deprecations, tags, owners, access, stars, and taking back.
@NullMarked
package dev.gatehouse.publish.change;

import org.jspecify.annotations.NullMarked;
