/// Documents of upstreams: asked for once however many wait, kept, and asked for again in time.
@NullMarked
package dev.gatehouse.install.document;

import org.jspecify.annotations.NullMarked;
