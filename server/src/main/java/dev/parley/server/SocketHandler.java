package dev.parley.server;

/**
 * A handler of an event, in one of the forms that {@link Socket#on} takes; {@link Socket#off(String, SocketHandler)} removes it by this
 * object. A lambda is given as one of the three forms.
 */
public sealed interface SocketHandler permits EventHandler, TypedHandler, ValueHandler {}
