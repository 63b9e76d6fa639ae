package dev.gatehouse.npm.semver;

/// One side of a range, such as `>=1.2.3`.
record Bound(Operator operator, Version version) {
  enum Operator {
    LESS("<"),
    AT_MOST("<="),
    EQUAL(""),
    AT_LEAST(">="),
    MORE(">");

    private final String sign;

    Operator(String sign) {
      this.sign = sign;
    }
  }

  boolean allows(Version candidate) {
    int order = candidate.compareTo(version);
    return switch (operator) {
      case LESS -> order < 0;
      case AT_MOST -> order <= 0;
      case EQUAL -> order == 0;
      case AT_LEAST -> order >= 0;
      case MORE -> order > 0;
    };
  }

  /// True for `<0.0.0-0`, below which there is no version.
  boolean allowsNothing() {
    return operator == Operator.LESS && version.toString().equals("0.0.0-0");
  }

  /// True for the bound below which there is no version that the range may hold: `>=0.0.0`, or with
  /// prereleases `>=0.0.0-0`.
  boolean allowsEverything(boolean includePrerelease) {
    return operator == Operator.AT_LEAST
        && version.toString().equals(includePrerelease ? "0.0.0-0" : "0.0.0");
  }

  @Override
  public String toString() {
    return operator.sign + version;
  }
}
