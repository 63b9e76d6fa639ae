@NullMarked
package dev.gatehouse.advisories.osv;

import org.jspecify.annotations.NullMarked;
