/// The part of the API that tells people what happened, and asks what they want to hear of.
@NullMarked
package dev.gatehouse.web.api.inbox;

import org.jspecify.annotations.NullMarked;
