/// The policies that look at advisories.
@NullMarked
package dev.gatehouse.policy.rule.advisory;

import org.jspecify.annotations.NullMarked;
