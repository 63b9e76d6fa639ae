/// Who fetched which tarball: noted without waiting, written behind, kept for a while.
@NullMarked
package dev.gatehouse.packages.download;

import org.jspecify.annotations.NullMarked;
