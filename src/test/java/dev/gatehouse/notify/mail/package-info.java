@NullMarked
package dev.gatehouse.notify.mail;

import org.jspecify.annotations.NullMarked;
