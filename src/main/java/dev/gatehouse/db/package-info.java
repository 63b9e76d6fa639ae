/// The database: pool, single writer, transactions, dialect, migrations.
@NullMarked
package dev.gatehouse.db;

import org.jspecify.annotations.NullMarked;
