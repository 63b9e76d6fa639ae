/// The content-addressed store of tarballs and documents.
@NullMarked
package dev.gatehouse.blob;

import org.jspecify.annotations.NullMarked;
