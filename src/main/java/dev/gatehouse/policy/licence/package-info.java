/// Licences as manifests claim them, read as SPDX expressions.
@NullMarked
package dev.gatehouse.policy.licence;

import org.jspecify.annotations.NullMarked;
