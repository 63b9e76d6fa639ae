/// What clients ask when they audit what they have installed.
@NullMarked
package dev.gatehouse.web.npm.audit;

import org.jspecify.annotations.NullMarked;
