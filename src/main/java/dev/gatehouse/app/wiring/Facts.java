package dev.gatehouse.app.wiring;

import dev.gatehouse.app.config.Config;
import dev.gatehouse.install.ledger.WithheldLog;
import dev.gatehouse.notify.inbox.Notices;
import dev.gatehouse.packages.verify.UnknownNameSweep;
import dev.gatehouse.registries.traffic.Traffic;
import dev.gatehouse.web.api.settings.ServerFacts;
import dev.gatehouse.web.api.settings.ServerFacts.Kept;
import java.util.List;

/// What people are shown of the configuration.
public final class Facts {
  private Facts() {}

  /// That of `config`.
  public static ServerFacts of(Config config) {
    return new ServerFacts(
        config.server().baseUrl(),
        config.mail(),
        config.advisories(),
        List.of(
            new Kept(
                "Who fetched which tarball",
                config.downloads().keep(),
                config.downloads().rows(),
                "downloads.keep, downloads.rows"),
            new Kept("Notifications", Notices.KEPT, null, null),
            new Kept("What registries answered, by the hour", Traffic.KEEP, null, null),
            new Kept("What was withheld, once it is served again", WithheldLog.KEEP, null, null),
            new Kept("Names that no upstream knew", UnknownNameSweep.KEPT, null, null)));
  }
}
