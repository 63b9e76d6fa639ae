/// The operator's verbs: commands that work on the data directory themselves, whether or not a
/// server runs on it. A running one sees what they change within two seconds.
@NullMarked
package dev.gatehouse.app.command;

import org.jspecify.annotations.NullMarked;
