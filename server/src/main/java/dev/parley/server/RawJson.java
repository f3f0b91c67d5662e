package dev.parley.server;

/** A value that is already JSON, to be sent unchanged. The caller ensures that it is exactly one JSON value. */
public record RawJson(String json) {}
