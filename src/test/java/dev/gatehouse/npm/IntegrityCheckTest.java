package dev.gatehouse.npm;

import static dev.gatehouse.npm.IntegrityTest.integrity;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.npm.IntegrityCheck.Result;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class IntegrityCheckTest {
  private static final Integrity SHA1 = integrity("sha1-qvTGHdzF6KLavt4PO0gs2a6pQ00=");
  private static final Integrity OTHER_SHA1 = integrity("sha1-qvTGHdzF6KLavt4PO0gs2a6pQ1A=");
  private static final Integrity SHA512 =
      integrity(
          "sha512-m3HSJL1i83hdltRq0+o9czGb+8KJDKra4t/3JRlnPKcjI8PZm6XBHXx6zG4UuMXaDEZjR1wuXDre9G9zvN7AQw==");

  @Test
  void matchesAndTellsTheSha512WhateverWasDeclared() {
    for (List<Integrity> declared :
        List.of(List.of(SHA1), List.of(SHA512), List.of(SHA1, SHA512))) {
      Result result = check(declared, "hello");
      assertThat(result.matched()).isTrue();
      assertThat(result.sha512()).isEqualTo(SHA512.hashes().getFirst());
    }
  }

  @Test
  void everyDeclaredIntegrityMustMatch() {
    assertThat(check(List.of(SHA512, OTHER_SHA1), "hello").matched()).isFalse();
    assertThat(check(List.of(OTHER_SHA1, SHA512), "hello").matched()).isFalse();
  }

  @Test
  void tellsTheSha512OfBytesThatDoNotMatch() {
    Result result = check(List.of(SHA1), "hellO");
    assertThat(result.matched()).isFalse();
    assertThat(result.sha512().hex())
        .startsWith("3b2a3e96")
        .isEqualTo(check(List.of(), "hellO").sha512().hex());
  }

  @Test
  void nothingDeclaredIsNoMatch() {
    assertThat(check(List.of(), "hello").matched()).isFalse();
  }

  @Test
  void takesPartsOfArraysAndLeavesBuffersAsTheyWere() {
    IntegrityCheck check = new IntegrityCheck(List.of(SHA1));
    check.update("xxhelxx".getBytes(UTF_8), 2, 3);
    ByteBuffer rest = ByteBuffer.wrap("xlo".getBytes(UTF_8)).position(1);
    check.update(rest);
    assertThat(rest.position()).isEqualTo(1);
    assertThat(check.finish().matched()).isTrue();
    assertThat(check.finish().matched()).as("of no bytes").isFalse();
  }

  private static Result check(List<Integrity> declared, String text) {
    IntegrityCheck check = new IntegrityCheck(declared);
    byte[] bytes = text.getBytes(UTF_8);
    check.update(bytes, 0, bytes.length);
    return check.finish();
  }
}
