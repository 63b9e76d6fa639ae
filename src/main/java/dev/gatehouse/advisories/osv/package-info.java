/// Reads advisories in the OSV format: single records, folders and zips of them.
@NullMarked
package dev.gatehouse.advisories.osv;

import org.jspecify.annotations.NullMarked;
