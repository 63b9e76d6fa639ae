/// The policies, one class each, with their settings.
@NullMarked
package dev.gatehouse.policy.rule;

import org.jspecify.annotations.NullMarked;
