package dev.gatehouse.packages.verify;

import dev.gatehouse.blob.Blobs.Stored;
import dev.gatehouse.npm.Hash;
import dev.gatehouse.npm.Integrity;
import dev.gatehouse.packages.verify.Finding.Kind;
import java.io.IOException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Whether what a row says of its bytes is true, once these were found whole.
record RowCheck(Stored file, @Nullable Repairs repairs, Consumer<Finding> findings) {

  void run(BlobRow row) throws IOException {
    Long size = row.size();
    if (size != null && size != file.size()) {
      if (repairs != null) {
        repairs.resize(file.digest(), file.size());
      }
      findings.accept(
          new Finding(
              Kind.SIZE,
              row.subject(),
              "Its row says %d bytes, the whole file has %d.".formatted(size, file.size()),
              repairs != null));
    }
    if (row.integrity() != null && !agrees(row.integrity())) {
      boolean mended = repairs != null && row.table().isCopy();
      if (mended && repairs != null) {
        repairs.forget(file.digest());
      }
      findings.accept(
          new Finding(
              Kind.INTEGRITY,
              row.subject(),
              "Its row declares the integrity of other bytes than it names.",
              mended));
    }
  }

  /// A declaration that has no SHA-512 says nothing about the name.
  private boolean agrees(String text) {
    Integrity declared = Integrity.parse(text);
    return declared != null
        && declared.hashes().stream()
            .filter(hash -> hash.algorithm() == Hash.Algorithm.SHA512)
            .allMatch(hash -> hash.hex().equals(file.digest()));
  }
}
