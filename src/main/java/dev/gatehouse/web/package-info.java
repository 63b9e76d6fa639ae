/// What the faces share: who asks, for which registry, and whether they may.
@NullMarked
package dev.gatehouse.web;

import org.jspecify.annotations.NullMarked;
