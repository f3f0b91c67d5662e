package dev.parley.protocol.session;

/** A request that tests tell from others by its name. */
record NamedRequest(String name) implements ClientRequest {
    static final NamedRequest POLL = new NamedRequest("poll");
    static final NamedRequest SECOND_POLL = new NamedRequest("second poll");
    static final NamedRequest POST = new NamedRequest("post");
    static final NamedRequest SECOND_POST = new NamedRequest("second post");
    static final NamedRequest UPGRADE = new NamedRequest("upgrade");
    static final NamedRequest SECOND_UPGRADE = new NamedRequest("second upgrade");
}
