/// New versions: what arrives is inspected, stored and made known.
@NullMarked
package dev.gatehouse.publish.version;

import org.jspecify.annotations.NullMarked;
