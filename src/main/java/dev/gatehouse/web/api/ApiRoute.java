package dev.gatehouse.web.api;

import dev.gatehouse.http.Handler;

/// One operation of the API. `pattern` follows `/api/v1/`; the API's document describes each.
public record ApiRoute(String method, String pattern, Handler handler) {}
