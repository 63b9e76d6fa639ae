@NullMarked
package dev.gatehouse.web.npm.search;

import org.jspecify.annotations.NullMarked;
