/// Mail to people who want to be told what happens.
@NullMarked
package dev.gatehouse.notify.mail;

import org.jspecify.annotations.NullMarked;
