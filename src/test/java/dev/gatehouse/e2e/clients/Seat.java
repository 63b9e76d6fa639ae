package dev.gatehouse.e2e.clients;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A person at a machine of their own: an empty home with a client's configuration in it, caches
/// that nobody else fills, and a way out to the registry only: every other host is reached through
/// a proxy that refuses.
public final class Seat {
  private static final int PATIENCE_SECONDS = 240;
  private static final Pattern BROWSERS_ADDRESS =
      Pattern.compile("http\\S+/(?:login|confirm)/[0-9A-Za-z]{40}");

  private final Client client;
  private final Path home;
  private final String registry;
  private final Map<String, String> environment = new HashMap<>();

  private Seat(Client client, Path home, String registry, int forbiddenProxyPort) {
    this.client = client;
    this.home = home;
    this.registry = registry;
    environment.put("PATH", Installation.binaries(client.id()) + ":/usr/bin:/bin");
    environment.put("HOME", home.toString());
    environment.put("TMPDIR", home.resolve("tmp").toString());
    environment.put("LANG", "C.UTF-8");
    // Node compiles each client once, and not for every command anew.
    environment.put("NODE_COMPILE_CACHE", Installation.compiled().toString());
    environment.put("NO_COLOR", "1");
    environment.put("npm_config_update_notifier", "false");
    environment.put("npm_config_ignore_scripts", "true");
    environment.put("pnpm_config_ignore_scripts", "true");
    environment.put("pnpm_config_strict_dep_builds", "false");
    environment.put("YARN_ENABLE_TELEMETRY", "0");
    environment.put("YARN_ENABLE_SCRIPTS", "0");
    environment.put("DO_NOT_TRACK", "1");
    environment.put("DENO_NO_UPDATE_CHECK", "1");
    environment.put("JSR_URL", "http://127.0.0.1:9/"); // deno asks there for what npm has not
    for (String scheme : List.of("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY")) {
      environment.put(scheme, "http://127.0.0.1:" + forbiddenProxyPort);
    }
    environment.put("no_proxy", "127.0.0.1,localhost");
    environment.put("NO_PROXY", "127.0.0.1,localhost");
  }

  /// Someone who has written the configuration of the documentation, with a token.
  public static Seat with(Client client, Path home, String registry, String token, int proxyPort) {
    Seat seat = bare(client, home, registry, proxyPort);
    client.configuration().forEach(file -> seat.append(file, token));
    return seat;
  }

  /// Someone with nothing but the client.
  public static Seat bare(Client client, Path home, String registry, int proxyPort) {
    Seat seat = new Seat(client, home, registry, proxyPort);
    seat.createDirectories(home.resolve("tmp"));
    return seat;
  }

  /// Someone who knows the registry's address and has no token yet.
  public static Seat withoutToken(Client client, Path home, String registry, int proxyPort) {
    Seat seat = with(client, home, registry, "", proxyPort);
    for (ConfigFile file : client.configuration()) {
      seat.rewrite(
          file.path(),
          seat.read(file.path())
              .lines()
              .filter(line -> !line.contains("uthToken"))
              .map(line -> line + "\n")
              .reduce("", String::concat));
    }
    return seat;
  }

  /// The same, ready to install what was published a moment ago.
  public Seat withoutAgeGate() {
    client.withoutAgeGate().forEach(file -> append(file, ""));
    return this;
  }

  /// The client that sits here.
  public Client client() {
    return client;
  }

  /// The home directory.
  public Path home() {
    return home;
  }

  /// The registry's URL, with its last slash.
  public String registry() {
    return registry;
  }

  /// Runs the client's command for a verb in a directory.
  public Run run(Path directory, Verb verb, String... values) {
    return execute(directory, client.commands().words(verb, values));
  }

  /// Runs any command in a directory, as this person.
  public Run execute(Path directory, List<String> words) {
    try {
      Path out = Files.createTempFile(home.resolve("tmp"), "run", ".out");
      Path err = Files.createTempFile(home.resolve("tmp"), "run", ".err");
      Process process =
          builder(directory, words)
              .redirectOutput(out.toFile())
              .redirectError(err.toFile())
              .start();
      process.getOutputStream().close();
      int exit = await(process);
      Run run = new Run(words, exit, Files.readString(out), Files.readString(err));
      Files.delete(out);
      Files.delete(err);
      return run;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot run " + words, e);
    }
  }

  /// Runs the client's command for a verb on a terminal, answering what it asks.
  public Run converse(Path directory, List<Answer> answers, Verb verb, String... values) {
    return converse(directory, answers, String.join(" ", client.commands().words(verb, values)));
  }

  /// The same with any command line.
  public Run converse(Path directory, List<Answer> answers, String line) {
    List<String> words = List.of("script", "-qec", line, "/dev/null");
    try {
      Process process = builder(directory, words).redirectErrorStream(true).start();
      String said = new Conversation(process, answers).hold();
      return new Run(List.of(line), await(process), said, "");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot run " + line, e);
    }
  }

  /// Runs a client's command for logging in on a terminal, and hands the address that it shows to
  /// `browser`, once.
  public Run logInByBrowser(Path directory, Consumer<String> browser) {
    return byBrowser(directory, browser, Verb.WEB_LOGIN);
  }

  /// The same with any command that waits for a browser.
  public Run byBrowser(Path directory, Consumer<String> browser, Verb verb, String... values) {
    return byBrowser(directory, browser, String.join(" ", client.commands().words(verb, values)));
  }

  /// The same with any command line.
  public Run byBrowser(Path directory, Consumer<String> browser, String line) {
    try {
      Process process =
          builder(directory, List.of("script", "-qec", line, "/dev/null"))
              .redirectErrorStream(true)
              .start();
      var watchdog = Thread.ofVirtual().start(() -> await(process));
      StringBuilder said = new StringBuilder();
      boolean shown = false;
      for (int c = read(process); c >= 0; c = read(process)) {
        said.append((char) c);
        Matcher address = BROWSERS_ADDRESS.matcher(said);
        if (!shown && c == '\n' && address.find()) {
          shown = true;
          browser.accept(address.group());
        }
      }
      watchdog.join();
      return new Run(List.of(line), process.exitValue(), said.toString(), "");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot run " + line, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static int read(Process process) throws IOException {
    return process.getInputStream().read();
  }

  private ProcessBuilder builder(Path directory, List<String> words) {
    List<String> command = new ArrayList<>(words);
    Path own = Installation.binaries(client.id()).resolve(words.getFirst());
    if (Files.exists(own)) {
      command.set(0, own.toString());
    }
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    return builder;
  }

  private static int await(Process process) {
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().waitFor();
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a client ran", e);
    }
  }

  /// Someone who was told to trust a certificate, a PEM file.
  public Seat trusting(Path certificate) {
    environment.put("NODE_EXTRA_CA_CERTS", certificate.toString());
    environment.put("DENO_CERT", certificate.toString());
    environment.put("npm_config_cafile", certificate.toString());
    environment.put("pnpm_config_cafile", certificate.toString());
    return this;
  }

  /// Someone who has another client as well.
  public Seat beside(Client other) {
    environment.merge(
        "PATH", Installation.binaries(other.id()).toString(), (own, its) -> its + ":" + own);
    return this;
  }

  /// Someone with a variable in their environment.
  public Seat withVariable(String name, String value) {
    environment.put(name, value);
    return this;
  }

  /// Forgets what was fetched before: the day after, for a client that asks again once a day.
  public Seat withEmptyCaches() {
    for (String cache : List.of(".npm", ".cache", ".bun", ".yarn")) {
      Path root = home.resolve(cache);
      try (Stream<Path> files = Files.exists(root) ? Files.walk(root) : Stream.empty()) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return this;
  }

  /// What a file below the home directory says; empty if it is not there.
  public String read(String path) {
    Path file = home.resolve(path);
    try {
      return Files.exists(file) ? Files.readString(file, StandardCharsets.UTF_8) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Writes more into a file below the home directory.
  public void append(String path, String text) {
    rewrite(path, read(path) + text);
  }

  private void append(ConfigFile file, String token) {
    append(file.path(), file.filled(registry, token));
  }

  private void rewrite(String path, String text) {
    Path file = home.resolve(path);
    createDirectories(file.resolveSibling(""));
    try {
      Files.writeString(
          file, text, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void createDirectories(Path directory) {
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
