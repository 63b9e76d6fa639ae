/// The tables of policies, waivers and decisions, and the rules of each registry in memory.
@NullMarked
package dev.gatehouse.policy.store;

import org.jspecify.annotations.NullMarked;
