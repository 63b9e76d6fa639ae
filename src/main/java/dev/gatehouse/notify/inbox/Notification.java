package dev.gatehouse.notify.inbox;

import dev.gatehouse.notify.event.EventType;
import dev.gatehouse.notify.event.Message;
import java.time.Instant;

/// Something that happened, as somebody sees it.
///
/// @param link the page of the web app that shows more
/// @param unread whether they have not seen it yet
public record Notification(
    long id, EventType event, Message message, String link, Instant happened, boolean unread) {}
