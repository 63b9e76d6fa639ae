/// What is in the tarballs of versions, for people who look.
@NullMarked
package dev.gatehouse.install.content;

import org.jspecify.annotations.NullMarked;
