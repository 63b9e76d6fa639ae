package dev.gatehouse.review.licence;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.install.document.Ask;
import dev.gatehouse.install.view.Found;
import dev.gatehouse.install.view.Views;
import dev.gatehouse.npm.Loose;
import dev.gatehouse.npm.packument.Part;
import dev.gatehouse.npm.packument.Selected;
import dev.gatehouse.packages.licence.LicenceClaims;
import dev.gatehouse.packages.licence.LicenceClaims.Claim;
import dev.gatehouse.policy.licence.LicenceClaim;
import dev.gatehouse.policy.licence.SpdxExpression;
import dev.gatehouse.registries.Registries;
import dev.gatehouse.registries.Registry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Reads what kept versions claim as their licence, from documents that are stored here: nobody
/// outside is asked. Whoever wants to know reads on for a moment where the last one stopped.
public final class LicenceReader {
  private static final Duration MOMENT = Duration.ofMillis(800);
  private static final int AT_ONCE = 100;
  private static final int LONGEST = 200;

  private final Registries registries;
  private final Views views;
  private final LicenceClaims claims;
  private final ReentrantLock reading = new ReentrantLock();

  /// Reads through `views`, and keeps what it reads in `claims`.
  public LicenceReader(Registries registries, Views views, LicenceClaims claims) {
    this.registries = registries;
    this.views = views;
    this.claims = claims;
  }

  /// Reads for a moment what `wanted` registries keep and nobody has read, at least some of it;
  /// nothing if somebody else reads just now.
  public void readOn(Collection<Long> wanted) {
    if (!reading.tryLock()) {
      return;
    }
    try {
      long start = System.nanoTime();
      List<LicenceClaims.Unread> next = claims.unread(wanted, AT_ONCE);
      while (!next.isEmpty()) {
        claims.save(next.stream().flatMap(one -> read(one).stream()).toList());
        boolean goOn = System.nanoTime() - start < MOMENT.toNanos();
        next = goOn ? claims.unread(wanted, AT_ONCE) : List.of();
      }
    } finally {
      reading.unlock();
    }
  }

  private List<Claim> read(LicenceClaims.Unread unread) {
    Registry registry = registries.directory().byId(unread.registryId());
    if (registry == null) {
      return unread.versions().stream().map(one -> new Claim(unread.name(), one, null)).toList();
    }
    return views.open(
        views.gather(registry, unread.name(), Ask.STORED),
        found ->
            unread.versions().stream()
                .map(one -> new Claim(unread.name(), one, licence(found, one.version())))
                .toList());
  }

  private static @Nullable String licence(Found found, String version) {
    Selected selected =
        found instanceof Found.Versions versions ? versions.all().candidate(version) : null;
    return selected == null ? null : text(selected);
  }

  /// In SPDX's spelling where that is beyond doubt, else in the author's words.
  private static String text(Selected version) {
    JsonNode value = value(version, Part.LICENSE);
    JsonNode claimed = isNothing(value) ? value(version, Part.LICENSES) : value;
    if (isNothing(claimed)) {
      return "";
    }
    LicenceClaim claim = LicenceClaim.of(claimed);
    SpdxExpression expression = claim.reading().expression();
    String words = expression == null ? claim.raw() : expression.toString();
    String plain = words.replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
    String cut = plain.substring(0, Math.min(plain.length(), LONGEST));
    // PostgreSQL takes no half of a surrogate pair.
    return new String(cut.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }

  private static JsonNode value(Selected version, Part part) {
    byte[] json = version.source().json(version.row(), part);
    return Loose.read(json == null ? null : new String(json, StandardCharsets.UTF_8)).value();
  }

  private static boolean isNothing(JsonNode value) {
    return value.isMissingNode()
        || value.isNull()
        || (value.isTextual() && value.textValue().isBlank())
        || (value.isContainerNode() && value.isEmpty());
  }
}
