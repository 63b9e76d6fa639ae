/// The ledger: every version that exists upstream is served or withheld, and for what.
@NullMarked
package dev.gatehouse.install.ledger;

import org.jspecify.annotations.NullMarked;
