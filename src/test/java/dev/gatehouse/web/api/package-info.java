@NullMarked
package dev.gatehouse.web.api;

import org.jspecify.annotations.NullMarked;
