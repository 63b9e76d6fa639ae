/// The policy that judges by expressions of the operator's own, in CEL. Only `Language`,
/// `Expression` and `Grammar` know the library, which is loaded when the first expression is read.
@NullMarked
package dev.gatehouse.policy.rule.custom;

import org.jspecify.annotations.NullMarked;
