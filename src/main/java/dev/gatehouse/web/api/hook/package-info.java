/// Webhooks, for those who manage a workspace.
@NullMarked
package dev.gatehouse.web.api.hook;

import org.jspecify.annotations.NullMarked;
