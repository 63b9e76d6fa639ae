/// Signing in by SAML 2.0: what a provider is told, and what of its answers is believed.
@NullMarked
package dev.gatehouse.access.provider.saml;

import org.jspecify.annotations.NullMarked;
