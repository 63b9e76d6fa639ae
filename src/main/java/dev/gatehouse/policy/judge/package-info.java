/// The engine: the compiled rules of one registry, and the judge that applies them to facts.
@NullMarked
package dev.gatehouse.policy.judge;

import org.jspecify.annotations.NullMarked;
