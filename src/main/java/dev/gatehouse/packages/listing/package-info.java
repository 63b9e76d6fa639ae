/// Which packages registries hold: a row a name, kept true by whoever changes something.
@NullMarked
package dev.gatehouse.packages.listing;

import org.jspecify.annotations.NullMarked;
