package dev.gatehouse.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class ContentTest {

  private static Content direct(String text) {
    return Content.direct(text.getBytes(StandardCharsets.UTF_8));
  }

  private static Response of(Content content) {
    return Response.of(200, "text/plain", new Body.Bytes(content));
  }

  @Test
  void isSharedByManyResponses() throws IOException {
    Content content = direct("shared");
    try (HttpServer server = Servers.start(_ -> of(content))) {
      for (int i = 0; i < 5; i++) {
        assertThat(RawClient.get(server.port(), "/").text()).isEqualTo("shared");
      }
      assertThat(RawClient.ask(server.port(), "HEAD", "/").header("content-length")).isEqualTo("6");
    }
    assertThat(content.length()).isEqualTo(6);
    assertThat(content.bytes()).asString(StandardCharsets.UTF_8).isEqualTo("shared");
    content.release();
    assertThat(content.retain()).isFalse();
  }

  @Test
  void isFreedWhenReleasedAndNoLongerSent() {
    Content content = direct("x");
    assertThat(content.retain()).isTrue();
    content.release();
    content.release();
    assertThat(content.retain()).isFalse();
    assertThat(content.length()).isEqualTo(1);
    content.sent();
    assertThatThrownBy(content::bytes).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void onTheHeapIgnoresRelease() {
    Content content = Content.of(new byte[] {1, 2});
    content.release();
    assertThat(content.bytes()).containsExactly(1, 2);
  }

  @Test
  void asksTheHandlerAgainWhenTheCacheGaveItsAnswerUp() throws IOException {
    AtomicReference<Content> cached = new AtomicReference<>(direct("old"));
    cached.get().release();
    AtomicInteger asked = new AtomicInteger();
    Handler cache =
        new Handler() {
          @Override
          public Response handle(Request request) {
            asked.incrementAndGet();
            Content stale = cached.getAndSet(direct("new"));
            return of(asked.get() == 1 ? stale : cached.get());
          }

          @Override
          public @Nullable Response warm(Request request) {
            return of(cached.get());
          }
        };
    try (HttpServer server = Servers.start(cache)) {
      assertThat(RawClient.get(server.port(), "/").text()).isEqualTo("new");
      assertThat(asked).hasValue(2);
    }
  }

  @Test
  void givesUpWhenEveryAnswerIsReleased() throws IOException {
    Content gone = direct("gone");
    gone.release();
    AtomicInteger asked = new AtomicInteger();
    Handler broken =
        _ -> {
          asked.incrementAndGet();
          return of(gone);
        };
    try (HttpServer server = Servers.start(broken)) {
      assertThat(RawClient.get(server.port(), "/").status()).isEqualTo(500);
      assertThat(asked).hasValue(3);
      asked.set(0);
      assertThat(RawClient.ask(server.port(), "POST", "/").status()).isEqualTo(500);
      assertThat(asked).as("what changes something is not repeated").hasValue(1);
    }
  }
}
