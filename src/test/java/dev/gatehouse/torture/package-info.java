/// The server under force: killed in the middle of its work, and watched while it promises.
@NullMarked
package dev.gatehouse.torture;

import org.jspecify.annotations.NullMarked;
