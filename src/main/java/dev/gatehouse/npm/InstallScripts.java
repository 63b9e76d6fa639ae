package dev.gatehouse.npm;

import java.util.List;

/// The scripts of a package that clients run when it is installed from a registry. `prepare` is
/// none of them: it runs for dependencies from git alone.
public final class InstallScripts {
  /// Their names in a manifest's `scripts`, in the order in which they run.
  public static final List<String> NAMES = List.of("preinstall", "install", "postinstall");

  private InstallScripts() {}
}
