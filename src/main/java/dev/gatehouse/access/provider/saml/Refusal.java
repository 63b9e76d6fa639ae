package dev.gatehouse.access.provider.saml;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Why an answer of a provider is not believed. The word goes through the browser's address, so
/// that the sentence is ours, whatever stands there.
public enum Refusal {
  /// More than anybody's answer needs.
  SIZE("its answer is larger than 256 KB: let it send fewer groups or attributes"),
  /// No XML that is read here.
  DOCUMENT(
      "its answer is no XML document, or has a document type, comments or processing instructions,"
          + " which no provider needs"),
  /// Not made as an answer with one signed assertion is.
  SHAPE(
      "its answer is not made as one response with one assertion: whoever runs it looks at what it"
          + " sends"),
  /// The assertion is sealed for somebody.
  ENCRYPTED("its assertion is encrypted: turn that off there, the connection is encrypted already"),
  /// The assertion itself has no signature.
  UNSIGNED("its assertion is not signed: let it sign assertions, not the response alone"),
  /// A signature by what is broken, or not used for this.
  ALGORITHM(
      "its signature is made with SHA-1, or in a way that is not accepted: let it sign by RSA with"
          + " SHA-256"),
  /// Said by somebody else.
  ISSUER("its answer is signed as somebody else: compare the entity ID of the settings with its"),
  /// Meant for somebody else.
  AUDIENCE(
      "its assertion is meant for another service: compare the entity ID there with the one that"
          + " Single sign-on shows"),
  /// Sent to somewhere else.
  DESTINATION(
      "its answer is made for another address: compare the address for answers there with the one"
          + " that Single sign-on shows"),
  /// Not to the question that was asked.
  UNSOLICITED(
      "its answer is to no question of this sign-in: sign-ins begin here, with the button on the"
          + " sign-in page, and not at the provider"),
  /// Too early or too late.
  TIME(
      "its answer is too old, or from the future: try again; if that does not help, compare"
          + " clocks"),
  /// Seen before.
  REPLAY("its answer came before, and each counts once: begin again"),
  /// It says nothing that stays the same about them.
  SUBJECT(
      "it does not say who you are in a way that lasts: let it send a persistent NameID, or name an"
          + " attribute in the settings"),
  /// It could not, or would not, sign them in.
  STATUS("it says that it did not sign you in: try again, or ask whoever runs it"),
  /// The signature, or anything else that the library looks at.
  PROOF(
      "its signature, or something else in its answer, is wrong: compare its certificate with that"
          + " of the settings");

  private static final String PREFIX = "saml_";

  private final String sentence;

  Refusal(String sentence) {
    this.sentence = sentence;
  }

  /// What is wrong, and what helps, to follow a name and "did not prove who you are".
  public String sentence() {
    return sentence;
  }

  /// The word of the address.
  public String word() {
    return PREFIX + name().toLowerCase(Locale.ROOT);
  }

  /// That of `word`, or null.
  public static @Nullable Refusal of(@Nullable String word) {
    for (Refusal one : values()) {
      if (one.word().equals(word)) {
        return one;
      }
    }
    return null;
  }
}
