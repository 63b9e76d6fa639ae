package dev.gatehouse.web.npm.audit;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.gatehouse.http.Request;
import dev.gatehouse.npm.BoundedJson;
import dev.gatehouse.npm.PackageName;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Which versions a client has of which packages: `{"name": ["1.0.0", …], …}`. Names that can be no
/// package's are left out, as are versions that are no text.
record AuditQuestion(Map<String, Set<String>> installed) {
  private static final String WHAT = "The list of what is installed";
  private static final int MAX_BYTES = 8 << 20;
  private static final int MOST_VERSIONS = 200_000;
  private static final int LONGEST_VERSION = 256;
  private static final JsonFactory JSON = BoundedJson.factory(10_000, MAX_BYTES);

  static AuditQuestion read(Request request) throws IOException {
    Map<String, Set<String>> installed = new TreeMap<>();
    try (JsonParser parser = JSON.createParser(request.decodedBody(MAX_BYTES))) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw malformed();
      }
      int count = 0;
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        Set<String> versions = new TreeSet<>();
        count += versions(parser, versions);
        if (count > MOST_VERSIONS) {
          throw new ProblemException(
              new Problem.TooLarge(WHAT + " has more than %,d versions.".formatted(MOST_VERSIONS)));
        }
        if (PackageName.isValid(name) && !versions.isEmpty()) {
          installed.computeIfAbsent(name, _ -> new TreeSet<>()).addAll(versions);
        }
      }
      if (parser.nextToken() != null) {
        throw malformed();
      }
    } catch (JacksonException broken) {
      throw BoundedJson.problem(WHAT, broken);
    }
    return new AuditQuestion(installed);
  }

  private static int versions(JsonParser parser, Set<String> into) throws IOException {
    if (parser.nextToken() != JsonToken.START_ARRAY) {
      throw malformed();
    }
    int count = 1;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (parser.currentToken() != JsonToken.VALUE_STRING) {
        throw malformed();
      }
      count++;
      if (parser.getTextLength() <= LONGEST_VERSION && count <= MOST_VERSIONS) {
        into.add(parser.getText());
      }
    }
    return count;
  }

  private static ProblemException malformed() {
    return new ProblemException(
        new Problem.Malformed(
            WHAT + " must be a JSON object with an array of versions for each package."));
  }
}
