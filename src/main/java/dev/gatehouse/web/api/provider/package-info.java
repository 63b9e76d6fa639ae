/// The settings of a workspace's provider, and whose account is whose there.
@NullMarked
package dev.gatehouse.web.api.provider;

import org.jspecify.annotations.NullMarked;
