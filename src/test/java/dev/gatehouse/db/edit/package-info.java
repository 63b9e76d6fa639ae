/// Tests of the turns of those who change what they have seen.
@NullMarked
package dev.gatehouse.db.edit;

import org.jspecify.annotations.NullMarked;
