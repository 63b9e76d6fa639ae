/// What people see in the web app of what happens, and what they want to hear of.
@NullMarked
package dev.gatehouse.notify.inbox;

import org.jspecify.annotations.NullMarked;
