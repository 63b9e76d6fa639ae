/// What is known to be dangerous: advisories by package and version.
@NullMarked
package dev.gatehouse.advisories;

import org.jspecify.annotations.NullMarked;
