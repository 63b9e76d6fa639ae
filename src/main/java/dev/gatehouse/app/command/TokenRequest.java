package dev.gatehouse.app.command;

import dev.gatehouse.access.token.AddressRange;
import dev.gatehouse.access.token.NewToken;
import dev.gatehouse.access.token.PackageLimit;
import dev.gatehouse.access.token.TokenLimits;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What `token create` is asked for.
final class TokenRequest {
  @Option(
      names = "--user",
      required = true,
      paramLabel = "NAME",
      description = "The user it acts for.")
  private String user = "";

  @Option(
      names = "--name",
      paramLabel = "TEXT",
      description = "What it is for, to tell it from others.")
  private String name = "";

  @Option(names = "--read-only", description = "It installs and cannot publish.")
  private boolean readOnly;

  @Option(
      names = "--registry",
      paramLabel = "NAME",
      description = "It works on this registry only; may be repeated (default: all of them).")
  private List<String> registries = new ArrayList<>();

  @Option(
      names = "--package",
      paramLabel = "NAME",
      description =
          "It changes this package only, or those of a scope, @acme/*; may be repeated (default:"
              + " all of them).")
  private List<String> packages = new ArrayList<>();

  @Option(
      names = "--expires",
      paramLabel = "WHEN",
      description = "12h, 30d, 8w or a day such as 2027-01-31 (default: never).")
  private @Nullable String expires;

  @Option(
      names = "--cidr",
      paramLabel = "RANGE",
      description = "It works from these addresses only, 10.1.0.0/16; may be repeated.")
  private List<String> ranges = new ArrayList<>();

  @Option(
      names = "--unattended",
      description = "It needs no second factor where a registry asks for one: for machines.")
  private boolean unattended;

  String user() {
    return user;
  }

  NewToken in(OperatorSession session) {
    Set<Long> ids =
        registries.stream()
            .map(one -> session.registries().require(session.workspace().name(), one).id())
            .collect(Collectors.toSet());
    Set<PackageLimit> some = packages.stream().map(PackageLimit::of).collect(Collectors.toSet());
    Instant end = expires == null ? null : Expiry.of(expires, session.clock().instant());
    List<AddressRange> addresses = ranges.stream().map(AddressRange::of).toList();
    var limits = new TokenLimits(readOnly, ids, some, addresses, end);
    return new NewToken(name, limits, null, unattended);
  }
}
