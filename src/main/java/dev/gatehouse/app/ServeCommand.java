package dev.gatehouse.app;

import ch.qos.logback.classic.LoggerContext;
import dev.gatehouse.app.config.Config;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `gatehouse serve`: runs the server until it is told to stop.
@Command(
    name = "serve",
    description = "Run the server. The first start sets the data directory up.",
    mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {
  @Mixin private final ServeOptions options = new ServeOptions();
  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Config config = options.config();
    LogFormat.set(config.log());
    Server server = Server.start(config);
    var stopped = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform().name("shutdown").unstarted(() -> stop(server, stopped)));
    if (spec != null) {
      greet(spec.commandLine().getOut(), server, config);
    }
    stopped.await();
    return 0;
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

  private static void greet(PrintWriter out, Server server, Config config) {
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
    out.printf("Then point npm here:%n");
    out.printf("  npm login --registry %s --auth-type=legacy%n", registry);
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
