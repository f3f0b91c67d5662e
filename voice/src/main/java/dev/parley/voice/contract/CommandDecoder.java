package dev.parley.voice.contract;

import dev.parley.voice.StreamSettings.Inference;
import dev.parley.voice.StreamSettings.Sensitivity;
import dev.parley.voice.contract.BrowserCommand.AudioStart;
import dev.parley.voice.contract.BrowserCommand.Initialize;
import dev.parley.voice.contract.BrowserCommand.NewChat;
import dev.parley.voice.contract.BrowserCommand.PromptStart;
import dev.parley.voice.contract.BrowserCommand.Rejected;
import dev.parley.voice.contract.BrowserCommand.Resume;
import dev.parley.voice.contract.BrowserCommand.Stop;
import dev.parley.voice.contract.BrowserCommand.SystemPrompt;
import dev.parley.voice.contract.BrowserCommand.Text;
import dev.parley.voice.contract.BrowserCommand.Unknown;
import dev.parley.voice.contract.BrowserCommand.Voice;
import dev.parley.voice.contract.SessionConfig.AudioFormat;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** Reads every command but {@code audioInput}. */
final class CommandDecoder {

    private CommandDecoder() {}

    static BrowserCommand decode(String event, String json, CommandLimits limits) {
        if (json.length() > limits.eventChars()) {
            return new Rejected(event,
                    event + " is larger than " + limits.eventChars() + " characters; send less.");
        }
        try {
            var first = Json.arguments(json)
                    .orElseThrow(() -> new Shape("its arguments as a JSON array"))
                    .path(1);
            var argument = first.isNull() ? MissingNode.getInstance() : first;
            return switch (event) {
                case "initializeConnection" -> new Initialize(config(argument), resume(argument));
                case "startNewChat" -> new NewChat(config(argument));
                case "promptStart" -> promptStart(argument);
                case "systemPrompt" -> systemPrompt(argument, limits);
                case "conversationResumption" -> new Resume();
                case "audioStart" -> new AudioStart();
                case "textInput" -> textInput(argument, limits);
                case "stopAudio" -> new Stop();
                case "voiceConfig" -> voiceConfig(argument);
                default -> new Unknown(event);
            };
        } catch (Shape wrong) {
            return new Rejected(event, event + " needs " + wrong.needed + ".");
        }
    }

    private static SessionConfig config(JsonNode argument) {
        var object = object(argument, "an object such as {\"enabledTools\":[\"time\"]}, or nothing");
        return new SessionConfig(inference(member(object, "inferenceConfig")),
                sensitivity(member(object, "turnDetectionConfig")), names(member(object, "enabledTools")),
                persona(member(object, "persona")), format(member(object, "audioFormat")),
                flag(object, "pausable"), flag(object, "replay"));
    }

    private static @Nullable ResumeRequest resume(JsonNode argument) {
        var resume = member(argument, "resume");
        if (resume.isMissingNode() || (resume.isBoolean() && !resume.booleanValue())) {
            return null;
        }
        if (!resume.isBoolean()
                && (!resume.isString() || resume.stringValue().length() > ResumeRequest.TOKEN_CHARS)) {
            throw new Shape("resume as true, or as the token of a conversation");
        }
        var received = member(argument, "received");
        if (!received.isMissingNode() && (!received.isIntegralNumber() || received.longValue() < 0)) {
            throw new Shape("received as the number of events that have come");
        }
        return new ResumeRequest(resume.isString() ? resume.stringValue() : null,
                received.isMissingNode() ? null : Long.valueOf(received.longValue()));
    }

    private static @Nullable Inference inference(JsonNode node) {
        if (node.isMissingNode()) {
            return null;
        }
        object(node, "inferenceConfig as an object {maxTokens, topP, temperature}");
        var defaults = Inference.defaults();
        return new Inference((int) number(node, "maxTokens", defaults.maxTokens(), 1, 10_000),
                number(node, "topP", defaults.topP(), 0, 1),
                number(node, "temperature", defaults.temperature(), 0, 1));
    }

    private static double number(JsonNode object, String name, double otherwise, int min, int max) {
        var node = member(object, name);
        if (node.isMissingNode()) {
            return otherwise;
        }
        if (!node.isNumber() || node.doubleValue() < min || node.doubleValue() > max) {
            throw new Shape("inferenceConfig." + name + " as a number from " + min + " to " + max);
        }
        return node.doubleValue();
    }

    private static @Nullable Sensitivity sensitivity(JsonNode node) {
        if (node.isMissingNode()) {
            return null;
        }
        var needed = "turnDetectionConfig as {\"endpointingSensitivity\":\"HIGH\"}, or MEDIUM or LOW";
        var level = member(object(node, needed), "endpointingSensitivity");
        return level.isMissingNode() ? null : constant(Sensitivity.class, level, needed);
    }

    private static @Nullable String persona(JsonNode node) {
        if (!node.isMissingNode() && !node.isString()) {
            throw new Shape("persona as the id of a persona");
        }
        return node.isMissingNode() ? null : node.stringValue();
    }

    private static @Nullable AudioFormat format(JsonNode node) {
        return node.isMissingNode() ? null
                : constant(AudioFormat.class, node, "audioFormat as \"base64\" or \"binary\"");
    }

    private static @Nullable Boolean flag(JsonNode object, String name) {
        var node = member(object, name);
        if (!node.isMissingNode() && !node.isBoolean()) {
            throw new Shape(name + " as true or false");
        }
        return node.isMissingNode() ? null : Boolean.valueOf(node.booleanValue());
    }

    private static <E extends Enum<E>> E constant(Class<E> type, JsonNode node, String needed) {
        for (var constant : type.getEnumConstants()) {
            if (node.isString() && constant.name().equals(node.stringValue().toUpperCase(Locale.ROOT))) {
                return constant;
            }
        }
        throw new Shape(needed);
    }

    private static @Nullable List<String> names(JsonNode node) {
        if (node.isMissingNode()) {
            return null;
        }
        var names = new ArrayList<String>();
        for (var name : node) {
            if (name.isString()) {
                names.add(name.stringValue());
            }
        }
        if (!node.isArray() || names.size() != node.size()) {
            throw new Shape("enabledTools as an array of names of tools");
        }
        return names;
    }

    private static BrowserCommand promptStart(JsonNode argument) {
        var object = object(argument, "an object such as {\"voiceId\":\"…\"}, or nothing");
        var rate = member(object, "outputSampleRate");
        if (!rate.isMissingNode() && !rate.isInt()) {
            throw new Shape("outputSampleRate as a whole number of hertz");
        }
        return new PromptStart(voice(object), rate.isMissingNode() ? null : Integer.valueOf(rate.intValue()));
    }

    private static BrowserCommand systemPrompt(JsonNode argument, CommandLimits limits) {
        var content = argument.isString() ? argument
                : member(object(argument, "a string, {\"content\":\"…\"}, or nothing"), "content");
        if (!content.isMissingNode() && !content.isString()) {
            throw new Shape("its content as a string");
        }
        var text = content.isMissingNode() || content.stringValue().isBlank() ? null : content.stringValue();
        if (text != null && text.getBytes(StandardCharsets.UTF_8).length > limits.promptBytes()) {
            throw new Shape("a text of at most " + limits.promptBytes() + " bytes");
        }
        return new SystemPrompt(text, argument.isString() ? null : voice(argument));
    }

    private static BrowserCommand textInput(JsonNode argument, CommandLimits limits) {
        var content = member(argument, "content");
        if (!content.isString() || content.stringValue().isBlank()) {
            throw new Shape("an object {\"content\":\"…\"} with some text in it");
        }
        if (content.stringValue().length() > limits.textChars()) {
            throw new Shape("a text of at most " + limits.textChars() + " characters");
        }
        return new Text(content.stringValue());
    }

    private static BrowserCommand voiceConfig(JsonNode argument) {
        var id = voice(argument);
        if (id == null) {
            throw new Shape("an object {\"voiceId\":\"…\"}");
        }
        return new Voice(id);
    }

    private static @Nullable String voice(JsonNode object) {
        var node = member(object, "voiceId");
        if (!node.isMissingNode() && !node.isString()) {
            throw new Shape("voiceId as a string");
        }
        return node.isMissingNode() ? null : node.stringValue();
    }

    /** Returns a member; null counts as left out. */
    private static JsonNode member(JsonNode object, String name) {
        var node = object.path(name);
        return node.isNull() ? MissingNode.getInstance() : node;
    }

    private static JsonNode object(JsonNode node, String needed) {
        if (!node.isMissingNode() && !node.isObject()) {
            throw new Shape(needed);
        }
        return node;
    }

    /** The arguments are wrong; caught in {@link #decode}. */
    private static final class Shape extends RuntimeException {
        private final String needed;

        private Shape(String needed) {
            super(needed, null, false, false);
            this.needed = needed;
        }
    }
}
