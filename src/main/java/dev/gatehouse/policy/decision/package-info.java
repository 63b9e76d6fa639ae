/// What people decided: waivers, and the quarantine of single versions.
@NullMarked
package dev.gatehouse.policy.decision;

import org.jspecify.annotations.NullMarked;
