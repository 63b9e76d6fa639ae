package dev.gatehouse.web.api.session;

import dev.gatehouse.access.account.Right;
import dev.gatehouse.web.api.ApiBody;
import dev.gatehouse.web.api.Visitor;
import java.util.Arrays;
import java.util.List;

/// Who one is.
///
/// @param rights what the role allows; a token may allow less
/// @param session whether a browser's session came with the request, not a token
/// @param secondFactorMissing whether nothing else works before one is set up
record Me(
    String name,
    String email,
    String role,
    String workspace,
    List<String> rights,
    boolean session,
    boolean secondFactorMissing) {

  static Me of(Visitor visitor, boolean secondFactorMissing) {
    return new Me(
        visitor.account().name(),
        visitor.account().email(),
        visitor.account().roleName(),
        visitor.workspace().name(),
        Arrays.stream(Right.values())
            .filter(right -> visitor.account().may(right))
            .map(ApiBody::word)
            .toList(),
        visitor.session() != null,
        secondFactorMissing);
  }
}
