@NullMarked
package dev.gatehouse.install.view;

import org.jspecify.annotations.NullMarked;
