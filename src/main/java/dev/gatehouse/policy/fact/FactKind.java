package dev.gatehouse.policy.fact;

/// The kinds of facts that a policy can ask for, so that nothing is computed for nobody.
public enum FactKind {
  /// [History#published].
  PUBLISHED(false),
  /// [History#publication]: who, and how.
  PUBLICATION(false),
  /// [History#earlier]: how earlier versions were published.
  EARLIER(false),
  /// [History#signature].
  SIGNATURE(false),
  /// [History#provenance], which is looked at before the tarball is handed out.
  PROVENANCE(false),
  /// [Manifest#licence].
  LICENCE(false),
  /// [Manifest#scripts].
  SCRIPTS(false),
  /// [Manifest#exotic].
  EXOTIC(false),
  /// [Manifest#deprecated].
  DEPRECATED(false),
  /// [Advisories#touching].
  ADVISORIES(false),
  /// [Advisories#fixes].
  FIXES(false),
  /// [Contents#otherBytes].
  OTHER_BYTES(false),
  /// [Contents#observedLicences].
  OBSERVED_LICENCES(true),
  /// [Contents#implicitBuild].
  IMPLICIT_BUILD(true),
  /// [Contents#differences].
  DIFFERENCES(true),
  /// [Contents.Scan#sizes].
  SIZES(true),
  /// [Contents.Scan#scanned].
  SCANNED(true);

  private final boolean inTarball;

  FactKind(boolean inTarball) {
    this.inTarball = inTarball;
  }

  /// Whether it can be known only once the tarball is here.
  public boolean inTarball() {
    return inTarball;
  }
}
