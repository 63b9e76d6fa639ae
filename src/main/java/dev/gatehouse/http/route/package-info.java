/// The tree of URL patterns, over segments that are decoded already.
@NullMarked
package dev.gatehouse.http.route;

import org.jspecify.annotations.NullMarked;
