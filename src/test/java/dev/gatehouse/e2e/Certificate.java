package dev.gatehouse.e2e;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/// A certificate that signs itself, made by the JDK's keytool, as PEM files.
record Certificate(Path chain, Path key) {
  private static final char[] PASSWORD = "changeit".toCharArray();

  /// One for 127.0.0.1.
  static Certificate in(Path directory) throws Exception {
    return in(directory, "ip:127.0.0.1,dns:localhost");
  }

  /// One for `names`, as keytool writes alternative names.
  static Certificate in(Path directory, String names) throws Exception {
    Path store = directory.resolve("store.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "server",
                "-keyalg",
                "EC",
                "-dname",
                "CN=127.0.0.1",
                "-ext",
                "san=" + names,
                "-validity",
                "30",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                new String(PASSWORD))
            .redirectErrorStream(true)
            .start();
    String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (keytool.waitFor() != 0) {
      throw new IOException("keytool: " + said);
    }
    return asPem(store, directory);
  }

  /// What a server with the certificate that was made in `directory` needs.
  static SSLContext context(Path directory) throws GeneralSecurityException, IOException {
    KeyStore entries = KeyStore.getInstance("PKCS12");
    try (InputStream bytes = Files.newInputStream(directory.resolve("store.p12"))) {
      entries.load(bytes, PASSWORD);
    }
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(entries, PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }

  private static Certificate asPem(Path store, Path directory)
      throws IOException, GeneralSecurityException {
    KeyStore entries = KeyStore.getInstance("PKCS12");
    try (InputStream bytes = Files.newInputStream(store)) {
      entries.load(bytes, PASSWORD);
    }
    Key key = entries.getKey("server", PASSWORD);
    Path chainFile = directory.resolve("chain.pem");
    Path keyFile = directory.resolve("key.pem");
    Files.writeString(chainFile, pem("CERTIFICATE", entries.getCertificate("server").getEncoded()));
    Files.writeString(keyFile, pem("PRIVATE KEY", key.getEncoded()));
    return new Certificate(chainFile, keyFile);
  }

  private static String pem(String kind, byte[] bytes) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(kind, Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes), kind);
  }
}
