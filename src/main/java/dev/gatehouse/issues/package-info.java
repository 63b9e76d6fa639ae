/// Issues: what scanner and policies found, where, and what people say and do about it.
@NullMarked
package dev.gatehouse.issues;

import org.jspecify.annotations.NullMarked;
