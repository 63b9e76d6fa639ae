package dev.gatehouse.install.attestation;

/// Why a bundle proves nothing. Checking takes many steps that all can fail; whoever checks makes a
/// value of it.
final class Unproven extends Exception {
  private static final long serialVersionUID = 1;

  Unproven(String sentence) {
    super(sentence);
  }

  Unproven(String sentence, Throwable cause) {
    super(sentence, cause);
  }

  String sentence() {
    return String.valueOf(getMessage());
  }
}
