/// What is known of one version: plain values, without any opinion of them.
@NullMarked
package dev.gatehouse.policy.fact;

import org.jspecify.annotations.NullMarked;
