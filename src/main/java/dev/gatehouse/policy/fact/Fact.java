package dev.gatehouse.policy.fact;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One thing that may be known of a version. *Missing* was looked for and not found; *pending* has
/// not been looked for, because it needs the tarball or something else that is not here yet. A
/// policy may object to what is missing, never to what is pending.
public sealed interface Fact<T> {

  /// It is known.
  record Known<T>(T value) implements Fact<T> {}

  /// It was looked for and not found.
  record Missing<T>() implements Fact<T> {
    private static final Missing<Object> ANY = new Missing<>();
  }

  /// It was not looked for yet.
  record Pending<T>() implements Fact<T> {
    private static final Pending<Object> ANY = new Pending<>();
  }

  /// A known value.
  static <T> Fact<T> known(T value) {
    return new Known<>(value);
  }

  /// Known unless it is null.
  static <T> Fact<T> ofNullable(@Nullable T value) {
    return value == null ? missing() : known(value);
  }

  /// Looked for and not found.
  @SuppressWarnings("unchecked") // It holds no value, so it is one of any type.
  static <T> Fact<T> missing() {
    return (Fact<T>) Missing.ANY;
  }

  /// Not looked for yet.
  @SuppressWarnings("unchecked") // It holds no value, so it is one of any type.
  static <T> Fact<T> pending() {
    return (Fact<T>) Pending.ANY;
  }

  /// The value if it is known, else null.
  default @Nullable T orNull() {
    return this instanceof Known<T>(T value) ? value : null;
  }

  /// Whether it was not looked for yet.
  default boolean isPending() {
    return this instanceof Pending<T>;
  }

  /// The same with another value, missing and pending as they are.
  default <R> Fact<R> map(Function<? super T, R> change) {
    return switch (this) {
      case Known<T>(T value) -> known(change.apply(value));
      case Missing<T> _ -> missing();
      case Pending<T> _ -> pending();
    };
  }
}
