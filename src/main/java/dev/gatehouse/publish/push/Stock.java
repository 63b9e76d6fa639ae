package dev.gatehouse.publish.push;

import dev.gatehouse.access.account.AccountName;
import dev.gatehouse.install.document.Ask;
import dev.gatehouse.install.judge.Refusals;
import dev.gatehouse.install.judge.Ruling;
import dev.gatehouse.install.view.Found;
import dev.gatehouse.install.view.Views;
import dev.gatehouse.npm.Hash;
import dev.gatehouse.npm.Integrity;
import dev.gatehouse.npm.packument.PackumentRenderer;
import dev.gatehouse.npm.packument.Part;
import dev.gatehouse.npm.packument.Rendition;
import dev.gatehouse.npm.packument.Selected;
import dev.gatehouse.npm.packument.Signatures;
import dev.gatehouse.packages.CachedTarballs;
import dev.gatehouse.packages.CachedTarballs.CachedTarball;
import dev.gatehouse.packages.HostedVersion;
import dev.gatehouse.packages.Packages;
import dev.gatehouse.packages.Packages.Holding;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What can be pushed: what a registry hosts, and what it has in the store from its upstreams, so
/// that a version which proved itself in one registry can be promoted to another.
public record Stock(Packages packages, CachedTarballs cached, Views views) {
  /// Tarball URLs are replaced wherever a version arrives.
  private static final Rendition NOWHERE =
      new Rendition("https://nowhere.invalid", Signatures.NONE);

  /// A version and the fields that describe its package, JSON.
  record Item(HostedVersion version, String details) {}

  /// What `push` names, else a problem. What is withheld is handed on to nobody.
  Item require(Push push) {
    requireServed(push);
    Holding holding = packages.find(push.from().id(), push.name().value());
    HostedVersion hosted = holding == null ? null : holding.version(push.version());
    if (holding != null && hosted != null) {
      return new Item(hosted, holding.hosted().details());
    }
    Item item = cached(push);
    if (item == null) {
      throw new ProblemException(
          new Problem.NotFound(
              "%s@%s is neither hosted in \"%s\" nor in its store: publish it there, or bring it in by `gatehouse pull`."
                  .formatted(push.name(), push.version(), push.from().name())));
    }
    return item;
  }

  private void requireServed(Push push) {
    String name = push.name().value();
    Ruling ruling =
        switch (views.find(push.from(), name, Ask.USUAL)) {
          case Found.Versions found -> {
            Selected version = found.all().candidate(push.version());
            yield version == null ? null : found.ruling(version);
          }
          case Found.Nothing _ -> null;
          case Found.Unknown(Problem.UpstreamFailed problem) -> throw new ProblemException(problem);
        };
    if (ruling != null && !ruling.isServed()) {
      throw new ProblemException(Refusals.of(push.from().path(), name, push.version(), ruling));
    }
  }

  private @Nullable Item cached(Push push) {
    String name = push.name().value();
    List<CachedTarball> rows = cached.find(List.of(push.from().id()), name, push.version());
    if (rows.isEmpty()
        || !(views.find(push.from(), name, Ask.USUAL) instanceof Found.Versions found)) {
      return null;
    }
    Selected served = found.version(push.version());
    return served == null ? null : item(push, rows.getFirst(), served);
  }

  /// The bytes in the store are those that were declared when they came in; what is served now may
  /// declare others.
  private static Item item(Push push, CachedTarball row, Selected served) {
    String declared = served.source().text(served.row(), Part.INTEGRITY);
    String shasum = served.source().text(served.row(), Part.SHASUM);
    Integrity now =
        declared == null ? Integrity.ofShasum(String.valueOf(shasum)) : Integrity.parse(declared);
    if (now == null || !row.integrity().equals(now.toString())) {
      throw new ProblemException(
          new Problem.Conflict(
              "The bytes of %s in the store are not those that its upstream declares now: they are not handed on."
                  .formatted(push.origin())));
    }
    byte[] sha512 = HexFormat.of().parseHex(row.digest());
    String manifest =
        new String(PackumentRenderer.version(served, NOWHERE), StandardCharsets.UTF_8);
    return new Item(
        new HostedVersion(
            push.version(),
            manifest,
            served.published().toEpochMilli(),
            AccountName.RESERVED,
            row.digest(),
            row.size(),
            Hash.of(Hash.Algorithm.SHA512, sha512).toString(),
            String.valueOf(shasum),
            null,
            null,
            null,
            null),
        manifest);
  }
}
