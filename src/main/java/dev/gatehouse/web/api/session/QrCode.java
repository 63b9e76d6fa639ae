package dev.gatehouse.web.api.session;

/// A QR code as a page draws it: the side in modules, and the path (of SVG) of those that are dark.
record QrCode(int size, String path) {
  /// The code that holds `text`.
  static QrCode of(String text) {
    var code = io.nayuki.qrcodegen.QrCode.encodeText(text, io.nayuki.qrcodegen.QrCode.Ecc.MEDIUM);
    var path = new StringBuilder();
    for (int y = 0; y < code.size; y++) {
      for (int x = 0; x < code.size; x++) {
        if (code.getModule(x, y)) {
          path.append('M').append(x).append(' ').append(y).append("h1v1h-1z");
        }
      }
    }
    return new QrCode(code.size, path.toString());
  }

  @Override
  public String toString() {
    return "QrCode[***]";
  }
}
