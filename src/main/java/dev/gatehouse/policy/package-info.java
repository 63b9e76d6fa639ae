/// The words of the policy engine: its policies by name, what each finds, and the verdict. `fact`
/// holds what is known of a version, `rule` the policies, `judge` the engine, `store` its tables.
@NullMarked
package dev.gatehouse.policy;

import org.jspecify.annotations.NullMarked;
