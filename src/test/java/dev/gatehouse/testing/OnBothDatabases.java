package dev.gatehouse.testing;

import dev.gatehouse.db.Dialect;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// Runs every test of a class on SQLite and on PostgreSQL. The class takes a [Dialect] in its
/// constructor and opens a [TestingDatabase] of that kind:
///
/// ```java
/// @OnBothDatabases
/// class TokensTest {
///   @AutoClose private final TestingDatabase databases;
///
///   TokensTest(Dialect dialect) {
///     databases = TestingDatabases.fresh(dialect);
///   }
/// }
/// ```
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedClass
@EnumSource(Dialect.class)
public @interface OnBothDatabases {}
