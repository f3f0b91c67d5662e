package dev.parley.server;

/** A value that is JSON already, to be sent as it stands. Who builds one vouches that it is exactly one JSON value. */
public record RawJson(String json) {}
