/// What a registry has under a name: hosted versions merged with those of its upstreams.
@NullMarked
package dev.gatehouse.install.view;

import org.jspecify.annotations.NullMarked;
