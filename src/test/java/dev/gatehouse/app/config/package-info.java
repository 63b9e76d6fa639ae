@NullMarked
package dev.gatehouse.app.config;

import org.jspecify.annotations.NullMarked;
