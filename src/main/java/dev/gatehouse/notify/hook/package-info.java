/// Webhooks: who is told, the outbox, and the delivery of what is in it.
@NullMarked
package dev.gatehouse.notify.hook;

import org.jspecify.annotations.NullMarked;
