package dev.parley.talk;

import dev.parley.client.ClientException;
import dev.parley.client.ClientOptions;
import dev.parley.client.EventArguments;
import dev.parley.client.Limits;
import dev.parley.client.SocketClient;
import java.time.Duration;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Opens conversations with the commands that a browser sends. Stateless; its methods wait for the server. */
record ConversationOpener(TalkOptions options) {
    /** Timeout of each confirmation at the start; the browser waits 5 to 10 s. */
    private static final Duration CONFIRMATION = Duration.ofSeconds(10);

    /** Returns a client that is not connected. */
    SocketClient newClient() {
        return new SocketClient(options.url(),
                ClientOptions.defaults()
                        .withPath(options.path())
                        .withMode(options.mode())
                        .withLimits(Limits.defaults().withConnect(options.timeout())));
    }

    /** Returns how long to wait for each confirmation. */
    Duration confirmation() {
        return options.timeout().compareTo(CONFIRMATION) < 0 ? options.timeout() : CONFIRMATION;
    }

    /** Returns false if the server does not acknowledge, as the oldest ones do not. */
    boolean initialize(SocketClient client, ObjectNode request) {
        EventArguments answer;
        try {
            answer = client.call("initializeConnection", confirmation(), request);
        } catch (ClientException e) {
            if (e.kind() == ClientException.Kind.TIMEOUT) {
                return false;
            }
            throw e;
        }
        if (!answer.json(0).path("success").asBoolean(false)) {
            throw new TalkException("The server refused the conversation: "
                    + ServerErrorText.brief(answer.json(0).path("error").asString("no reason given")));
        }
        return true;
    }

    /** Chooses voice and prompt, and opens the audio. */
    void configure(SocketClient client) {
        ObjectNode prompt = JsonMapper.shared().createObjectNode();
        options.voice().ifPresent(voice -> prompt.put("voiceId", voice));
        client.emit("promptStart", prompt);
        if (options.prompt().isPresent()) {
            client.emit("systemPrompt", options.prompt().get());
        } else {
            client.emit("systemPrompt");
        }
        client.emit("audioStart");
    }
}
