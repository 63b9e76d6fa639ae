/// Logging in and out, who one is, one's profile and one's tokens.
@NullMarked
package dev.gatehouse.web.npm.account;

import org.jspecify.annotations.NullMarked;
