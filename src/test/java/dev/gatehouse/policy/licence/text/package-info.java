/// The texts of licences.
@NullMarked
package dev.gatehouse.policy.licence.text;

import org.jspecify.annotations.NullMarked;
