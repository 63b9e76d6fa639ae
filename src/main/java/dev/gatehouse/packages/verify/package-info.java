/// Whether rows and blobs agree: looking, mending, and sweeping what no row names.
@NullMarked
package dev.gatehouse.packages.verify;

import org.jspecify.annotations.NullMarked;
