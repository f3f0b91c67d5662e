package dev.parley.talk;

import dev.parley.client.TransportMode;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * Options of a conversation.
 *
 * @param path     path of Socket.IO on the server
 * @param binary   whether audio is sent as binary attachments instead of base64
 * @param timeout  timeout of each step of connecting, and of an answer after the end of its recording
 * @param patience longest silence of the server while an answer is pending
 * @param voice    voice of the assistant; empty for the server's default
 * @param prompt   system prompt; empty for the server's default
 */
record TalkOptions(URI url, String path, TransportMode mode, boolean binary, Duration timeout,
        Duration patience, Optional<String> voice, Optional<String> prompt) {}
