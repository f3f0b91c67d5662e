package dev.parley.talk;

import dev.parley.client.TransportMode;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * How a conversation is held.
 *
 * @param path     where Socket.IO lives on the server
 * @param binary   whether sound is sent as attachments instead of base64
 * @param timeout  for each step of connecting, and from the end of a recording to the end of its answer
 * @param patience for how long the server may be silent when an answer is due
 * @param voice    the assistant's voice, or the server's default
 * @param prompt   the system prompt, or the server's default
 */
record TalkOptions(URI url, String path, TransportMode mode, boolean binary, Duration timeout,
        Duration patience, Optional<String> voice, Optional<String> prompt) {}
