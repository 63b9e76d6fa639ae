/// The writing side: publish, deprecate, unpublish, tags, pull and push.
@NullMarked
package dev.gatehouse.publish;

import org.jspecify.annotations.NullMarked;
