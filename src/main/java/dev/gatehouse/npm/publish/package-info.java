/// The document that clients send to publish, deprecate, unpublish and share a package.
@NullMarked
package dev.gatehouse.npm.publish;

import org.jspecify.annotations.NullMarked;
