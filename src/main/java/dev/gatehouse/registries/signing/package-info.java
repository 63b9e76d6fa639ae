/// The keys that this installation signs versions with, and what it signed of others.
@NullMarked
package dev.gatehouse.registries.signing;

import org.jspecify.annotations.NullMarked;
