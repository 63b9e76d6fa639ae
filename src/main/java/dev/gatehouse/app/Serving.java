package dev.gatehouse.app;

import ch.qos.logback.classic.LoggerContext;
import dev.gatehouse.app.config.Config;
import dev.gatehouse.app.config.ConfigException;
import dev.gatehouse.app.log.LogFormat;
import dev.gatehouse.problem.ProblemException;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.FileSystemException;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/// A server's life as a process: it greets, and runs until it is told to stop.
final class Serving {
  private Serving() {}

  /// Runs it; greets on `out`.
  static void run(Config config, PrintWriter out) throws IOException, InterruptedException {
    LogFormat.set(config.log());
    Server server = Server.start(config);
    var stopped = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform().name("shutdown").unstarted(() -> stop(server, stopped)));
    greet(out, server, config);
    stopped.await();
  }

  /// What to tell whoever ran a command that failed; null if that is a fault of ours.
  static @Nullable String sentence(Exception failure) {
    return switch (failure) {
      case ProblemException refused -> refused.problem().sentence();
      case ConfigException wrong -> wrong.getMessage();
      // The message of these is a path alone.
      case FileSystemException file -> "The file system refuses: " + file;
      case IOException broken -> broken.getMessage();
      default -> null;
    };
  }

  private static void stop(Server server, CountDownLatch stopped) {
    try {
      server.close();
    } catch (IOException failure) {
      System.err.println("Stopping did not go well: " + failure.getMessage());
    } finally {
      if (LoggerFactory.getILoggerFactory() instanceof LoggerContext log) {
        log.stop(); // what is waiting is written first
      }
      stopped.countDown();
    }
  }

  /// Tells whoever started it where it is and, the first time, what to do next.
  static void greet(PrintWriter out, Server server, Config config) {
    String base = base(server, config);
    out.printf("Gatehouse %s listens on %s%n", Version.text(), base);
    URI publicRegistry = server.publicRegistry();
    if (publicRegistry == null) {
      out.println(
          "No public registry was found on this machine: name it by --public-registry to install"
              + " public packages.");
    }
    if (server.isFirstStart()) {
      firstSteps(out, base, server, config);
    }
    out.flush();
  }

  private static void firstSteps(PrintWriter out, String base, Server server, Config config) {
    String registry = base + "/r/default/";
    out.printf("Public packages come from %s%n%n", server.publicRegistry());
    out.printf(
        "Make yourself the owner, once, within a day:%n  %s/setup/%s%n",
        base, server.setupSecret());
    out.printf(
        "or here, where it asks for a password:%n  ./gatehouse user add NAME --role owner --password-stdin%s%n%n",
        config.data().equals(Config.defaults().data()) ? "" : " --data " + config.data());
    out.printf("Then point npm here; logging in opens your browser:%n");
    out.printf("  npm login --registry %s%n", registry);
    out.printf("  npm install express --registry %s%n", registry);
  }

  private static String base(Server server, Config config) {
    Config.Server settings = config.server();
    if (settings.baseUrl() != null) {
      return settings.baseUrl();
    }
    String scheme = settings.tlsCertificate() == null ? "http" : "https";
    String host = settings.host().equals("0.0.0.0") ? "127.0.0.1" : settings.host();
    return scheme + "://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + server.port();
  }
}
