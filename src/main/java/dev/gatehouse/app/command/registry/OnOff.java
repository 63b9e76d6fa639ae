package dev.gatehouse.app.command.registry;

/// A setting that is one or the other.
enum OnOff {
  ON,
  OFF;

  boolean isOn() {
    return this == ON;
  }
}
