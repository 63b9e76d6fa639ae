@NullMarked
package dev.gatehouse.notify.form;

import org.jspecify.annotations.NullMarked;
