package dev.gatehouse.upstream.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

final class GuardedResolverTest {
  private static AddressLookup answering(String... literals) {
    List<InetAddress> found = Arrays.stream(literals).map(InetAddress::ofLiteral).toList();
    return _ -> found;
  }

  @Test
  void givesTheAddressesThatItChecked() throws UnknownHostException {
    GuardedResolver resolver = new GuardedResolver(answering("1.1.1.1", "2606:4700::1"), true);
    assertThat(resolver.resolve("a.test"))
        .containsExactly(InetAddress.ofLiteral("1.1.1.1"), InetAddress.ofLiteral("2606:4700::1"));
    assertThat(resolver.resolve("a.test", 443))
        .containsExactly(
            new InetSocketAddress(InetAddress.ofLiteral("1.1.1.1"), 443),
            new InetSocketAddress(InetAddress.ofLiteral("2606:4700::1"), 443));
  }

  @Test
  void refusesAPrivateAddressInBothForms() {
    GuardedResolver resolver = new GuardedResolver(answering("10.0.0.1"), true);
    assertThatThrownBy(() -> resolver.resolve("a.test"))
        .isInstanceOf(ForbiddenAddressException.class);
    assertThatThrownBy(() -> resolver.resolve("a.test", 443))
        .isInstanceOf(ForbiddenAddressException.class);
  }

  @Test
  void refusesAPrivateAddressFarBackInTheList() {
    GuardedResolver resolver =
        new GuardedResolver(
            answering("1.1.1.1", "1.1.1.2", "1.1.1.3", "1.1.1.4", "10.0.0.1"), true);
    assertThatThrownBy(() -> resolver.resolve("a.test"))
        .isInstanceOf(ForbiddenAddressException.class);
  }

  @Test
  void triesNoMoreThanFourAddresses() throws UnknownHostException {
    GuardedResolver resolver =
        new GuardedResolver(answering("1.1.1.1", "1.1.1.2", "1.1.1.3", "1.1.1.4", "1.1.1.5"), true);
    assertThat(resolver.resolve("a.test")).hasSize(4);
  }

  @Test
  void letsAnUpstreamsOwnHostBeAnywhere() throws UnknownHostException {
    assertThat(new GuardedResolver(answering("10.0.0.1"), false).resolve("a.test")).hasSize(1);
  }

  @Test
  void refusesAHostWithoutAddress() {
    assertThatThrownBy(() -> new GuardedResolver(answering(), true).resolve("a.test"))
        .isInstanceOf(UnknownHostException.class);
  }

  @Test
  void asksTheSystem() throws UnknownHostException {
    SystemAddressLookup system = new SystemAddressLookup(Duration.ofSeconds(30));
    assertThat(system.lookup("127.0.0.1")).containsExactly(InetAddress.ofLiteral("127.0.0.1"));
    assertThatThrownBy(() -> system.lookup("not a name"))
        .isInstanceOf(UnknownHostException.class)
        .isNotInstanceOf(LookupTimeoutException.class);
  }

  @Test
  void doesNotWaitForANameServerForEver() {
    CountDownLatch never = new CountDownLatch(1);
    AddressLookup dead =
        host -> {
          try {
            never.await();
          } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
          }
          throw new UnknownHostException(host);
        };
    SystemAddressLookup system = new SystemAddressLookup(Duration.ofMillis(50), dead);
    assertThatThrownBy(() -> system.lookup("a.test")).isInstanceOf(LookupTimeoutException.class);
  }
}
