package dev.gatehouse.app;

import dev.gatehouse.app.config.ConfigLoader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `gatehouse train`: starts a server on an empty directory, asks it a few things and stops, so
/// that the JVM can note for its start-up cache what starting takes. The launcher runs it after a
/// build.
@Command(name = "train", hidden = true)
final class TrainCommand implements Callable<Integer> {
  private static final List<String> PATHS =
      List.of("/-/health/live", "/-/health/ready", "/r/default/-/ping", "/r/default/none");

  @Option(names = "--data", required = true)
  private @Nullable Path data;

  @Override
  public Integer call() throws IOException, InterruptedException {
    var config =
        new ConfigLoader()
            .flags(
                Map.of(
                    "server.port", "0",
                    "data", String.valueOf(data),
                    "public-registry", "http://127.0.0.1:9/"))
            .load();
    try (Server server = Server.start(config);
        HttpClient client = HttpClient.newHttpClient()) {
      for (String path : PATHS) {
        URI url = URI.create("http://127.0.0.1:" + server.port() + path);
        client.send(HttpRequest.newBuilder(url).build(), BodyHandlers.discarding());
      }
    }
    return 0;
  }
}
