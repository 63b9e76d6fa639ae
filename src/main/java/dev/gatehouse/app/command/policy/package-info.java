/// The operator's verbs for the firewall: policies, quarantine, waivers.
@NullMarked
package dev.gatehouse.app.command.policy;

import org.jspecify.annotations.NullMarked;
