/// One packument out of the documents of several sources.
@NullMarked
package dev.gatehouse.npm.packument.merge;

import org.jspecify.annotations.NullMarked;
