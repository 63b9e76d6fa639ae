package dev.gatehouse.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatehouse.e2e.clients.Client;
import dev.gatehouse.e2e.clients.Installation;
import dev.gatehouse.e2e.clients.Seat;
import dev.gatehouse.e2e.clients.Verb;
import dev.gatehouse.testing.PackageBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Directories that people work in.
final class Projects {
  private static final Path WORKLOADS = Installation.ROOT.resolve("e2e/workloads");

  private static final String DESCRIPTION =
      "A package of the end-to-end tests, findable as quincunx";
  private static final String BINARY = "#!/usr/bin/env node\nconsole.log(require('./index.js'));\n";

  private static final Pattern MANIFEST =
      Pattern.compile("node_modules/(@[^/]+/)?[^/@.][^/]*/package\\.json$");
  private static final ObjectMapper JSON = new ObjectMapper();

  private Projects() {}

  /// A copy of a workload: with its package-lock.json for npm, with package.json alone for others.
  static Path workload(Path directory, String name, Client client) {
    copy(WORKLOADS.resolve(name).resolve("package.json"), directory.resolve("package.json"));
    if (client.id().startsWith("npm")) {
      copy(
          WORKLOADS.resolve(name).resolve("package-lock.json"),
          directory.resolve("package-lock.json"));
    }
    return prepared(directory, client);
  }

  /// A project without dependencies.
  static Path empty(Path directory, Client client) {
    write(
        directory,
        "package.json",
        "{\"name\":\"consumer\",\"version\":\"1.0.0\",\"private\":true}\n");
    return prepared(directory, client);
  }

  /// A package of the sources that [#source] writes, packed and ready to be published.
  static PackageBuilder packed(String name, String version) {
    String plain = name.substring(name.indexOf('/') + 1);
    return PackageBuilder.named(name)
        .version(version)
        .manifest(manifest -> {
          manifest.put("description", DESCRIPTION).put("license", "MIT").put("main", "index.js");
          manifest.putArray("keywords").add("quincunx");
          manifest.putObject("bin").put(plain, "cli.js");
        })
        .file("index.js", module(name, version))
        .file("cli.js", BINARY)
        .file("README.md", readme(name));
  }

  private static String module(String name, String version) {
    return "module.exports = '%s@%s';\n".formatted(name, version);
  }

  private static String readme(String name) {
    return "# %s\n\nSays its name.\n".formatted(name);
  }

  /// The sources of a package whose module and binary say its name and version.
  static Path source(Path directory, Seat seat, String name, String version) {
    String plain = name.substring(name.indexOf('/') + 1);
    write(
        directory,
        "package.json",
        """
        {
          "name": "%s",
          "version": "%s",
          "description": "%s",
          "keywords": ["quincunx"],
          "license": "MIT",
          "main": "index.js",
          "bin": {"%s": "cli.js"}
        }
        """
            .formatted(name, version, DESCRIPTION, plain));
    write(directory, "index.js", module(name, version));
    write(directory, "cli.js", BINARY);
    write(directory, "README.md", readme(name));
    prepared(directory, seat.client());
    if (seat.client() == Client.YARN_4) {
      seat.run(directory, Verb.INSTALL).ok();
    }
    return directory;
  }

  /// What version control would carry of a project: all but its node_modules directory.
  static Path clone(Path project, Path to) {
    try (Stream<Path> files = Files.list(project)) {
      files
          .filter(Files::isRegularFile)
          .forEach(file -> copy(file, to.resolve(file.getFileName())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return to;
  }

  /// The names and versions of all packages in a project's node_modules directory.
  static Set<String> dependencies(Path project) {
    Set<String> found = new TreeSet<>();
    try (Stream<Path> files = Files.walk(project.resolve("node_modules"))) {
      files
          .filter(file -> MANIFEST.matcher(file.toString()).find())
          .map(Projects::identity)
          .forEach(found::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found;
  }

  private static String identity(Path manifest) {
    try {
      JsonNode document = JSON.readTree(manifest.toFile());
      return document.path("name").asText() + "@" + document.path("version").asText();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void write(Path directory, String file, String text) {
    try {
      Files.createDirectories(directory);
      Files.writeString(directory.resolve(file), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// yarn 4 looks upwards for a project until it meets a lockfile, and installs without a
  /// node_modules directory unless told to make one.
  private static Path prepared(Path directory, Client client) {
    if (client == Client.YARN_4) {
      write(directory, "yarn.lock", "");
      write(directory, ".yarnrc.yml", "nodeLinker: node-modules\n");
    }
    return directory;
  }

  private static void copy(Path from, Path to) {
    try {
      Files.copy(from, to);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
