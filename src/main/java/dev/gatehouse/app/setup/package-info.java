/// What the first start does to an empty data directory.
@NullMarked
package dev.gatehouse.app.setup;

import org.jspecify.annotations.NullMarked;
