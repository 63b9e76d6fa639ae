package dev.gatehouse.e2e;

import dev.gatehouse.db.Dialect;

/// The widest of the tests with real clients once more, on the other database; all of them run
/// there by `make e2e-postgresql`.
final class ReadBackOnPostgresqlIT extends ReadBackIT {
  @Override
  Dialect database() {
    return Dialect.POSTGRESQL;
  }
}
