package dev.gatehouse.npm.publish;

import com.fasterxml.jackson.core.JacksonException;
import dev.gatehouse.npm.BoundedJson;
import dev.gatehouse.problem.Problem.Malformed;
import dev.gatehouse.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// What `PUT /{name}` carries: a new version with its tarball, or changes to the package's document
/// without one. Closing it deletes the tarball's scratch file unless that was kept.
///
/// Clients agree on little but the members' names: their order is arbitrary, `dist.tarball` is
/// invented, members that we do not know are skipped.
public sealed interface PublishDocument extends AutoCloseable permits Publication, Revision {

  /// Reads `body` to its end. The tarball is decoded and hashed into a new file in
  /// `scratchDirectory` as it passes by and is never whole in memory.
  ///
  /// @throws ProblemException if the document is wrong, contradicts itself or exceeds `limits`;
  ///   nothing is left in `scratchDirectory` then
  /// @throws IOException if `body` breaks off with one, or the scratch file cannot be written
  static PublishDocument read(InputStream body, Path scratchDirectory, PublishLimits limits)
      throws IOException {
    var factory = BoundedJson.factory(limits.metadataWeight(), limits.bodyBytes());
    try (var parts = new DocumentParts();
        var parser = factory.createParser(utf8(body))) {
      new DocumentReader(parser, scratchDirectory, limits).readInto(parts);
      return parts.attachments.isEmpty()
          ? RevisionCheck.revision(parts)
          : PublicationCheck.publication(parts);
    } catch (JacksonException e) {
      throw BoundedJson.problem(DocumentReader.WHAT, e);
    } catch (CharacterCodingException _) {
      throw new ProblemException(new Malformed(DocumentReader.WHAT + " is not UTF-8."));
    }
  }

  private static Reader utf8(InputStream body) {
    var strict = StandardCharsets.UTF_8.newDecoder();
    return new InputStreamReader(body, strict.onMalformedInput(CodingErrorAction.REPORT));
  }

  /// Deletes what was not kept.
  @Override
  void close();
}
