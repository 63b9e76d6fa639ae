package dev.gatehouse.app;

import picocli.CommandLine.IVersionProvider;

/// Which Gatehouse this is.
final class Version implements IVersionProvider {

  static String text() {
    String built = Version.class.getPackage().getImplementationVersion();
    return built == null ? "development" : built;
  }

  @Override
  public String[] getVersion() {
    return new String[] {text()};
  }
}
