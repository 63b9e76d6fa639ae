/// The reading side: merge hosted and upstream, render, serve; caches and single flight.
@NullMarked
package dev.gatehouse.install;

import org.jspecify.annotations.NullMarked;
