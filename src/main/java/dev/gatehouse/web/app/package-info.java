/// The web app's files, as the build has made them.
@NullMarked
package dev.gatehouse.web.app;

import org.jspecify.annotations.NullMarked;
