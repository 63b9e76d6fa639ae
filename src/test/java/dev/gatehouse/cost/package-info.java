/// What the firewall costs, to be run by hand: `scripts/firewall-cost`.
@NullMarked
package dev.gatehouse.cost;

import org.jspecify.annotations.NullMarked;
