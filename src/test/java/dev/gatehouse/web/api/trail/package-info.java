/// Tests of how the API hands the trail out.
@NullMarked
package dev.gatehouse.web.api.trail;

import org.jspecify.annotations.NullMarked;
