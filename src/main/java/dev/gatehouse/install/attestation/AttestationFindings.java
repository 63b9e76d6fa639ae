package dev.gatehouse.install.attestation;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.gatehouse.install.attestation.AttestationRows.Row;
import dev.gatehouse.policy.fact.Fact;
import dev.gatehouse.policy.fact.History.Attestation;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// What came of checking provenance by the trust root of this server. What another root said does
/// not count.
public final class AttestationFindings {
  private static final int PACKAGES_HELD = 500;

  /// Raised when more is checked than before: what older programs found is looked at again.
  private static final String CHECKS = "-2";

  private final AttestationRows rows;
  private final Clock clock;
  private final byte[] root;
  private final String rootDigest;
  private final AtomicLong revision = new AtomicLong();
  private final Cache<String, Map<AttestationRows.Key, Row>> held =
      Caffeine.newBuilder().maximumSize(PACKAGES_HELD).build();
  private @Nullable BundleCheck check;

  /// Those in `rows`.
  public AttestationFindings(AttestationRows rows, SigstoreSettings settings, Clock clock) {
    this.rows = rows;
    this.clock = clock;
    this.root = settings.read();
    this.rootDigest = sha256(root) + CHECKS;
  }

  /// Differs whenever more was found out by this process.
  public long revision() {
    return revision.get();
  }

  /// What is known of `claim`; pending if nobody has looked.
  public Fact<Attestation> of(Claim claim) {
    Row row = find(claim);
    return row == null ? Fact.pending() : Fact.known(row.found().standing());
  }

  /// What was found of `claim`; null if nobody has looked.
  @Nullable Row find(Claim claim) {
    Row row = held.get(claim.name(), rows::of).get(AttestationRows.Key.of(claim));
    return row == null || !row.root().equals(rootDigest) ? null : row;
  }

  /// Keeps what came of checking the document of that digest.
  void save(Claim claim, String document, Attested found) {
    rows.save(claim, new Row(rootDigest, document, found), clock.millis());
    held.invalidate(claim.name());
    revision.incrementAndGet();
  }

  /// Forgets what is held of packages of which something was checked since then, perhaps by another
  /// process; gives their names.
  public Set<String> learn(long then) {
    Set<String> names = rows.since(then);
    held.invalidateAll(names);
    revision.incrementAndGet();
    return names;
  }

  /// Checks by the root. The library that it takes is large and is loaded with the first bundle.
  synchronized BundleCheck check() {
    if (check == null) {
      check = new BundleCheck(new TrustRoot(root));
    }
    return check;
  }

  /// The digest by which documents are told apart here.
  static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes), 0, 16);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
