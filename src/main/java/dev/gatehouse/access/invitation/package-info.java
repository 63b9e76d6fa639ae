/// How people come into a workspace: they are invited, or ask to be.
@NullMarked
package dev.gatehouse.access.invitation;

import org.jspecify.annotations.NullMarked;
