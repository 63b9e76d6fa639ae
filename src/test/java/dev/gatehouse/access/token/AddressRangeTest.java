package dev.gatehouse.access.token;

import static dev.gatehouse.testing.Problems.assertThatProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.problem.Problem;
import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRangeTest {

  @ParameterizedTest
  @CsvSource({
    "10.1.0.0/16, 10.1.255.255, true",
    "10.1.0.0/16, 10.2.0.0, false",
    "10.1.2.3/16, 10.1.9.9, true",
    "10.0.0.0/9, 10.127.0.1, true",
    "10.0.0.0/9, 10.128.0.1, false",
    "192.0.2.7, 192.0.2.7, true",
    "192.0.2.7, 192.0.2.6, false",
    "0.0.0.0/0, 203.0.113.9, true",
    "0.0.0.0/0, ::1, false",
    "::/0, 203.0.113.9, false",
    "::/0, 2001:db8::1, true",
    "2001:db8::/33, 2001:db8:7fff::1, true",
    "2001:db8::/33, 2001:db8:8000::1, false",
    "192.0.2.0/24, ::ffff:192.0.2.5, true",
    "::ffff:192.0.2.0/24, 192.0.2.5, true"
  })
  void containsTheAddressesOfItsNetwork(String range, String address, boolean contained) {
    assertThat(AddressRange.of(range).contains(InetAddress.ofLiteral(address)))
        .isEqualTo(contained);
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 10.1.0.0/16, true",
    "10.1.0.0/16, 10.1.0.0/16, true",
    "10.1.0.0/16, 10.0.0.0/8, false",
    "10.1.0.0/16, 10.2.0.0/24, false",
    "0.0.0.0/0, ::1/128, false"
  })
  void containsNarrowerRanges(String range, String other, boolean contained) {
    assertThat(AddressRange.of(range).contains(AddressRange.of(other))).isEqualTo(contained);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/8",
        "10.0.0.0/",
        "10.0.0.0/33",
        "10.0.0.0/-1",
        "10.0.0.0/08",
        "10.0.0.0/8/8",
        "10.1",
        "010.0.0.1",
        "10.0.0.256",
        "0x0a.0.0.1",
        "10.*.0.0",
        "10.0.0.1-9",
        "host.example",
        "::/129",
        "2001:db8::g",
        ":::",
        "fe80::1%eth0",
        " 10.0.0.1",
        "10.0.0.1 ",
        "1.2.3.4.5",
        "::1/999999999"
      })
  void refusesWhatIsAmbiguousOrNoRange(String text) {
    assertThatProblem(Problem.Malformed.class, () -> AddressRange.of(text))
        .contains("is no range of addresses");
  }

  @ParameterizedTest
  @CsvSource({
    "10.1.2.3/16, 10.1.0.0/16",
    "192.0.2.7, 192.0.2.7/32",
    "2001:DB8::/32, 2001:db8:0:0:0:0:0:0/32"
  })
  void writesItselfSoThatItReadsTheSameAgain(String text, String written) {
    AddressRange range = AddressRange.of(text);

    assertThat(range).hasToString(written).isEqualTo(AddressRange.of(written));
    assertThat(range).isNotEqualTo(AddressRange.of("10.1.0.0/15"));
  }
}
