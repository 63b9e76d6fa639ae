/// The workspaces of the server, for those who run it.
@NullMarked
package dev.gatehouse.web.api.workspace;

import org.jspecify.annotations.NullMarked;
