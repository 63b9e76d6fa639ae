/// The dry run: what other policies would withhold of what people use.
@NullMarked
package dev.gatehouse.install.dryrun;

import org.jspecify.annotations.NullMarked;
