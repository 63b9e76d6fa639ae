/// People: their accounts, roles, profiles and passwords.
@NullMarked
package dev.gatehouse.access.account;

import org.jspecify.annotations.NullMarked;
