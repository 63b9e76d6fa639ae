package dev.gatehouse.access.factor;

import dev.gatehouse.access.secret.Secrets;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The SQL of second factors.
final class FactorRows {
  private static final int CODES = 10;
  private static final int CODE_LENGTH = 24;
  private static final int GROUP = 4;

  private FactorRows() {}

  record Row(String sealed, boolean confirmed) {}

  static @Nullable Row find(Handle handle, long accountId) {
    return handle
        .createQuery(
            "SELECT sealed, confirmed IS NOT NULL AS is_confirmed FROM second_factor WHERE"
                + " account_id = ?")
        .bind(0, accountId)
        .map((row, _) -> new Row(row.getString("sealed"), row.getBoolean("is_confirmed")))
        .findOne()
        .orElse(null);
  }

  /// Accepts the code of `step`, unless it or a later one was accepted before: of two at once one
  /// changes the row.
  static boolean spendStep(Handle handle, long accountId, long step) {
    return step != Totp.NONE
        && handle.execute(
                "UPDATE second_factor SET last_step = ? WHERE account_id = ? AND last_step < ?",
                step,
                accountId,
                step)
            == 1;
  }

  static boolean spendCode(Handle handle, long accountId, String hash) {
    return handle.execute(
            "DELETE FROM recovery_code WHERE account_id = ? AND hash = ?", accountId, hash)
        == 1;
  }

  /// New recovery codes in place of those before: digits alone, and spaces between them, which is
  /// all that npm's prompt for a code takes. 79.7 bits each: with ten of them, whoever has stolen
  /// the hashes and tries 10^12 a second needs some 2,900 years for the first.
  static List<String> drawCodes(Handle handle, long accountId) {
    handle.execute("DELETE FROM recovery_code WHERE account_id = ?", accountId);
    List<String> codes = new ArrayList<>();
    for (int i = 0; i < CODES; i++) {
      String code = Secrets.drawDigits(CODE_LENGTH);
      handle.execute(
          "INSERT INTO recovery_code (account_id, hash) VALUES (?, ?)",
          accountId,
          Secrets.sha256(code));
      codes.add(grouped(code));
    }
    return codes;
  }

  static int codes(Handle handle, long accountId) {
    return handle
        .createQuery("SELECT COUNT(*) FROM recovery_code WHERE account_id = ?")
        .bind(0, accountId)
        .mapTo(Integer.class)
        .one();
  }

  static int delete(Handle handle, long accountId) {
    handle.execute("DELETE FROM recovery_code WHERE account_id = ?", accountId);
    return handle.execute("DELETE FROM second_factor WHERE account_id = ?", accountId);
  }

  static boolean areRequired(Handle handle, long workspaceId) {
    return handle
        .createQuery("SELECT second_factor FROM workspace WHERE id = ?")
        .bind(0, workspaceId)
        .mapTo(Boolean.class)
        .one();
  }

  private static String grouped(String code) {
    return code.replaceAll("(.{%d})(?=.)".formatted(GROUP), "$1 ");
  }
}
