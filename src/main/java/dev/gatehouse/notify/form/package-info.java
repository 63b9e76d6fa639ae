/// How an event is written for whoever reads it: plain JSON, Slack, Teams.
@NullMarked
package dev.gatehouse.notify.form;

import org.jspecify.annotations.NullMarked;
