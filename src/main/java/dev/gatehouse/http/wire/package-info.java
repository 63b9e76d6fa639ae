/// What a request says in text, read strictly: paths, queries, hosts, entity tags, ranges,
/// forwarded addresses. Pure functions over values; nothing here knows a socket.
@NullMarked
package dev.gatehouse.http.wire;

import org.jspecify.annotations.NullMarked;
