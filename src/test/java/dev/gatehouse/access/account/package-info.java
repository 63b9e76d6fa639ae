@NullMarked
package dev.gatehouse.access.account;

import org.jspecify.annotations.NullMarked;
