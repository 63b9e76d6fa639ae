/// Recognises the texts of licences, as they lie in tarballs.
@NullMarked
package dev.gatehouse.policy.licence.text;

import org.jspecify.annotations.NullMarked;
