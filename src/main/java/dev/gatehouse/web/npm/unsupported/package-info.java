/// What clients ask for and this server does not offer, answered so that they fall back or say so.
@NullMarked
package dev.gatehouse.web.npm.unsupported;

import org.jspecify.annotations.NullMarked;
