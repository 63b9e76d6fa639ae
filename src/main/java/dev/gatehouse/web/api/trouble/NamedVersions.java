package dev.gatehouse.web.api.trouble;

import dev.gatehouse.install.document.Ask;
import dev.gatehouse.install.judge.Refusals;
import dev.gatehouse.install.judge.Ruling;
import dev.gatehouse.install.view.Found;
import dev.gatehouse.install.view.Views;
import dev.gatehouse.npm.Quoted;
import dev.gatehouse.npm.packument.Selected;
import dev.gatehouse.npm.semver.Version;
import dev.gatehouse.npm.semver.VersionRange;
import dev.gatehouse.registries.Registry;
import dev.gatehouse.web.api.trouble.Said.Named;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Asks the policies what becomes of a package that a client could not have.
record NamedVersions(Views views, Addresses addresses) {
  private static final int MOST_TOLD = 3;

  /// What `registry` says of it.
  List<Finding> look(Registry registry, Named named) {
    return switch (views.find(registry, named.name(), Ask.USUAL)) {
      case Found.Versions found -> versions(registry, named, found);
      case Found.Nothing _ -> List.of(absent(registry, named.name()));
      case Found.Unknown(var failed) ->
          List.of(
              Finding.wrong(
                  null,
                  failed.sentence(),
                  "Try again when that source answers; what is cached goes on installing."));
    };
  }

  private Finding absent(Registry registry, String name) {
    boolean internal = views.isInternal(registry, name);
    String says =
        internal
            ? "There is no package %s in the registry \"%s\". The name is owned here, so nobody"
                + " outside is asked."
            : registry.upstreams().isEmpty()
                ? "There is no package %s in the registry \"%s\", which draws from nothing else."
                : "There is no package %s in the registry \"%s\", and none of its upstreams has"
                    + " it.";
    return Finding.wrong(
            null,
            says.formatted(name, registry.name()),
            "Check the name, and which registry it is published to.")
        .leadingTo("/registries/" + registry.name() + "/upstreams");
  }

  private List<Finding> versions(Registry registry, Named named, Found.Versions found) {
    List<Selected> wanted = wanted(found, named.range());
    String where = "of %s in the registry \"%s\"".formatted(named.name(), registry.name());
    String ledger = "/registries/%s/withheld?package=%s".formatted(registry.name(), named.name());
    if (wanted.isEmpty()) {
      return List.of(
          Finding.wrong(
                  null,
                  "There is no version %s %s; there are %d others."
                      .formatted(
                          Quoted.quote(String.valueOf(named.range())),
                          where,
                          found.all().candidates().size()),
                  "Ask for one that exists: the page of the package lists them.")
              .leadingTo("/registries/%s/package/%s".formatted(registry.name(), named.name())));
    }
    List<Finding> withheld = new ArrayList<>();
    List<String> served = new ArrayList<>();
    for (Selected one : wanted) {
      Ruling ruling = found.ruling(one);
      if (ruling.isServed()) {
        served.add(one.version());
      } else if (withheld.size() < MOST_TOLD) {
        withheld.add(withheld(registry, named.name(), one, ruling).leadingTo(ledger));
      }
    }
    if (!served.isEmpty()) {
      withheld.addFirst(
          Finding.fine(
              null,
              "%d of %d versions %s that fit are served, %s among them."
                  .formatted(served.size(), wanted.size(), where, served.getLast())));
    }
    return withheld;
  }

  private Finding withheld(Registry registry, String name, Selected one, Ruling ruling) {
    String base = addresses.address(registry).replaceFirst("/$", "");
    return Finding.wrong(
        null,
        Refusals.of(base, name, one.version(), ruling).sentence(),
        "Take another version, or ask for an exception.");
  }

  private static List<Selected> wanted(Found.Versions found, @Nullable String range) {
    List<Selected> all = found.all().candidates();
    Selected exact = range == null ? null : found.all().candidate(range);
    if (exact != null) {
      return List.of(exact);
    }
    VersionRange wanted = range == null ? null : VersionRange.parse(range);
    if (range != null && wanted == null) {
      // A tag: whatever it pointed to is gone from what is served.
      return all;
    }
    return wanted == null ? all : all.stream().filter(one -> includes(wanted, one)).toList();
  }

  private static boolean includes(VersionRange wanted, Selected one) {
    Version version = Version.parse(one.version());
    return version != null && wanted.includes(version);
  }
}
