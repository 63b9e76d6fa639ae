package dev.gatehouse.e2e.clients;

import java.util.List;

/// How a client is configured: the files that point it at a registry, and those that turn off its
/// habit of refusing what was published within the last day.
record Setup(List<ConfigFile> files, List<ConfigFile> ageGateOff) {
  private static final ConfigFile NPMRC_FILE =
      new ConfigFile(
          ".npmrc",
          """
          registry=REGISTRY
          KEY:_authToken=TOKEN
          """);

  static final Setup NPMRC = new Setup(List.of(NPMRC_FILE), List.of());

  /// yarn 1 sends a token for unscoped packages only when told to, and only under the exact key.
  static final Setup YARN_1 =
      new Setup(
          List.of(
              new ConfigFile(
                  ".npmrc",
                  """
                  registry=REGISTRY
                  KEY:_authToken=TOKEN
                  always-auth=true
                  """)),
          List.of());

  static final Setup YARN_4 =
      new Setup(
          List.of(
              new ConfigFile(
                  ".yarnrc.yml",
                  """
                  npmRegistryServer: "REGISTRY"
                  npmAuthToken: "TOKEN"
                  npmAlwaysAuth: true
                  unsafeHttpWhitelist:
                    - "127.0.0.1"
                  """)),
          List.of(new ConfigFile(".yarnrc.yml", "npmMinimalAgeGate: 0\n")));

  static final Setup PNPM_12 =
      new Setup(
          List.of(NPMRC_FILE),
          List.of(new ConfigFile(".config/pnpm/config.yaml", "minimumReleaseAge: 0\n")));

  static final Setup DENO =
      new Setup(List.of(NPMRC_FILE), List.of(new ConfigFile(".npmrc", "min-release-age=0\n")));
}
