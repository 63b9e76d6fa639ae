/// The JSON API that the web app and scripts use: who asks, pages, entity tags, problems.
@NullMarked
package dev.gatehouse.web.api;

import org.jspecify.annotations.NullMarked;
