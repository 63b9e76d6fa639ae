/// The part of the API that tells which licences are in use.
@NullMarked
package dev.gatehouse.web.api.licence;

import org.jspecify.annotations.NullMarked;
