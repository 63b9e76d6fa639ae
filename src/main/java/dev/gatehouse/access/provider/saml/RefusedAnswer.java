package dev.gatehouse.access.provider.saml;

/// An answer that is not believed. It has no stack: strangers cause it.
public final class RefusedAnswer extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final Refusal refusal;

  /// Because of `refusal`.
  public RefusedAnswer(Refusal refusal) {
    super(refusal.word(), null, false, false);
    this.refusal = refusal;
  }

  /// Why.
  public Refusal refusal() {
    return refusal;
  }

  static void unless(boolean holds, Refusal refusal) {
    if (!holds) {
      throw new RefusedAnswer(refusal);
    }
  }
}
