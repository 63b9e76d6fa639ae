/// Patterns for package names and their versions, as lists in settings hold them.
@NullMarked
package dev.gatehouse.policy.rule.pattern;

import org.jspecify.annotations.NullMarked;
