/// The SQL of packages, versions, tags, owners and stars.
@NullMarked
package dev.gatehouse.packages;

import org.jspecify.annotations.NullMarked;
