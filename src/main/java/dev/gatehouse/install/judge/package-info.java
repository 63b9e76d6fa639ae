/// What the policies of the registries on the way say of each version, and what clients are told.
@NullMarked
package dev.gatehouse.install.judge;

import org.jspecify.annotations.NullMarked;
