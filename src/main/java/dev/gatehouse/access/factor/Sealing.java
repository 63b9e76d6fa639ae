package dev.gatehouse.access.factor;

import java.util.function.Function;

/// How secrets are sealed before they reach the database, and opened again.
public record Sealing(Function<byte[], String> seal, Function<String, byte[]> open) {

  /// For whoever takes second factors away and neither makes nor asks for any.
  public static Sealing none() {
    return new Sealing(
        _ -> {
          throw new IllegalStateException("Nothing is sealed here.");
        },
        _ -> {
          throw new IllegalStateException("Nothing is opened here.");
        });
  }
}
