package dev.gatehouse.web.npm.read;

import dev.gatehouse.http.Body;
import dev.gatehouse.http.Handler;
import dev.gatehouse.http.Request;
import dev.gatehouse.http.Response;
import dev.gatehouse.http.wire.ByteRange;
import dev.gatehouse.install.tarball.Tarballs;
import dev.gatehouse.packages.download.DownloadLog;
import dev.gatehouse.packages.download.Fetch;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import dev.gatehouse.registries.traffic.Traffic;
import dev.gatehouse.review.scan.Scanner;
import dev.gatehouse.web.Caller;
import dev.gatehouse.web.Gate;
import org.jspecify.annotations.Nullable;

/// `GET {registry}/{name}/-/{file}`: a tarball. `file` may repeat the scope, as the URLs do that
/// clients invent when they publish.
public record TarballEndpoint(
    Gate gate, Tarballs tarballs, DownloadLog downloads, Scanner scanner, Traffic traffic)
    implements Handler {

  @Override
  public @Nullable Response warm(Request request) {
    Caller caller = gate.warmReader(request);
    if (caller == null) {
      return null;
    }
    request.log().tally(traffic.tarballs(caller.registry().id()));
    return noted(request, caller, tarballs.warm(request, asked(request, caller)));
  }

  @Override
  public Response handle(Request request) {
    Caller caller = gate.reader(request);
    request.log().tally(traffic.tarballs(caller.registry().id()));
    try {
      return noted(request, caller, tarballs.get(request, asked(request, caller)));
    } catch (ProblemException refused) {
      if (refused.problem() instanceof Problem.Withheld) {
        scanner.refused(caller.registry(), request.variable("name"), request.variable("file"));
      }
      throw refused;
    }
  }

  /// Before the first byte is on its way: whoever has any is known. Who is told that his copy is
  /// good, or what a file would be, has fetched nothing.
  private <R extends @Nullable Response> R noted(Request request, Caller caller, R response) {
    if (response != null
        && response.status() == 200
        && request.method().equals("GET")
        && !isOutside(request, response)) {
      downloads.note(
          new Fetch(
              caller.registry().workspace().id(),
              caller.registry().id(),
              caller.identity(),
              request.client(),
              request.variable("name"),
              request.variable("file")));
    }
    return response;
  }

  /// Whether the client asks for bytes that the file has not: then it gets none.
  private static boolean isOutside(Request request, Response response) {
    String range = request.header("range");
    return range != null
        && request.header("if-range") == null
        && response.body() instanceof Body.File file
        && ByteRange.of(range, file.length()) instanceof ByteRange.Outside;
  }

  private static Tarballs.Asked asked(Request request, Caller caller) {
    return new Tarballs.Asked(
        caller.registry(), caller.base(), request.variable("name"), request.variable("file"));
  }
}
