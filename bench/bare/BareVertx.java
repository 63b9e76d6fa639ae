import io.vertx.core.Vertx;

/** The least that a Vert.x server can be: what Gatehouse's start is compared with. */
public final class BareVertx {
  public static void main(String[] args) throws Exception {
    Vertx vertx = Vertx.vertx();
    vertx
        .createHttpServer()
        .requestHandler(request -> request.response().end("ok\n"))
        .listen(Integer.parseInt(args[0]), "127.0.0.1")
        .toCompletionStage()
        .toCompletableFuture()
        .get();
    Runtime.getRuntime().addShutdownHook(new Thread(vertx::close));
  }
}
