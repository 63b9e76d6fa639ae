@NullMarked
package dev.gatehouse.web.npm.account;

import org.jspecify.annotations.NullMarked;
