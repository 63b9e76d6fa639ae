/// Tests of what the API says of clients' settings and messages.
@NullMarked
package dev.gatehouse.web.api.trouble;

import org.jspecify.annotations.NullMarked;
