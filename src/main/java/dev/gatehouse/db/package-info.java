/// The database: pool, single writer, transactions, dialect, migrations, and the vault that seals
/// secrets before they reach it.
@NullMarked
package dev.gatehouse.db;

import org.jspecify.annotations.NullMarked;
