/// Which licences the versions that are here claim.
@NullMarked
package dev.gatehouse.packages.licence;

import org.jspecify.annotations.NullMarked;
