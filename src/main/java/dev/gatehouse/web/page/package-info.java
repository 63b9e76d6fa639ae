/// Pages that need no web app: set-up, and why a version is withheld.
@NullMarked
package dev.gatehouse.web.page;

import org.jspecify.annotations.NullMarked;
