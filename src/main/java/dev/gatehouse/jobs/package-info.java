/// Work that outlives a request and a restart: a queue in the database.
@NullMarked
package dev.gatehouse.jobs;

import org.jspecify.annotations.NullMarked;
