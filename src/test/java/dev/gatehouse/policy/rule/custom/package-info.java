/// Expressions of operators.
@NullMarked
package dev.gatehouse.policy.rule.custom;

import org.jspecify.annotations.NullMarked;
