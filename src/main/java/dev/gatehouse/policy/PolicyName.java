package dev.gatehouse.policy;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The policies, in the order in which reasons are given. Each is written in small letters with
/// hyphens: `install-scripts`.
public enum PolicyName {
  /// A person's decision about one version; always on.
  DECISION,
  /// The registry is read-only.
  FREEZE,
  /// A published version never changes.
  IMMUTABLE,
  /// Advisories of kind malware.
  MALWARE,
  /// Advisories of kind vulnerability.
  VULNERABILITIES,
  /// A list of what may not (or of all that may) enter.
  BLOCK_LIST,
  /// What the licence must be.
  LICENCES,
  /// Young versions wait.
  DELAY,
  /// Code that installing runs.
  INSTALL_SCRIPTS,
  /// Everything new waits for a person.
  QUARANTINE_NEW,
  /// Only what has been scanned.
  SCANNED,
  /// Signature, way of publishing, publisher.
  TRUST,
  /// Dependencies by git, URL or file.
  EXOTIC,
  /// Manifest and tarball, and the same version elsewhere.
  CONSISTENCY,
  /// An expression over the facts.
  CUSTOM;

  private final String text = name().toLowerCase(Locale.ROOT).replace('_', '-');

  /// How it is written.
  public String text() {
    return text;
  }

  /// The policy that is written so, or null.
  public static @Nullable PolicyName parse(String text) {
    for (PolicyName one : values()) {
      if (one.text.equals(text)) {
        return one;
      }
    }
    return null;
  }

  @Override
  public String toString() {
    return text;
  }
}
