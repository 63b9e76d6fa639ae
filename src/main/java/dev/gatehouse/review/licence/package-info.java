/// Which licences are in use.
@NullMarked
package dev.gatehouse.review.licence;

import org.jspecify.annotations.NullMarked;
