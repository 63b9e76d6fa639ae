/// The package managers that the end-to-end tests drive, each as a person would set it up.
@NullMarked
package dev.gatehouse.e2e.clients;

import org.jspecify.annotations.NullMarked;
