/// What the policies of the registries on the way say of each version: facts in, rulings out.
@NullMarked
package dev.gatehouse.install.judge;

import org.jspecify.annotations.NullMarked;
