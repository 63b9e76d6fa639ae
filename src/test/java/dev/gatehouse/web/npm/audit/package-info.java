@NullMarked
package dev.gatehouse.web.npm.audit;

import org.jspecify.annotations.NullMarked;
