@NullMarked
package dev.gatehouse.advisories.feed;

import org.jspecify.annotations.NullMarked;
