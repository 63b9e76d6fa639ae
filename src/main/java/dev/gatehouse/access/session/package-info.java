/// Who is signed in to the web app.
@NullMarked
package dev.gatehouse.access.session;

import org.jspecify.annotations.NullMarked;
