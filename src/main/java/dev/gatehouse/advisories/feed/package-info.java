/// Brings advisories in: feeds, what is believed of them, and imports that are seen whole or not at
/// all.
@NullMarked
package dev.gatehouse.advisories.feed;

import org.jspecify.annotations.NullMarked;
