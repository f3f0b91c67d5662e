package dev.parley.voice.contract;

/**
 * Maximum sizes of commands. A larger command is decoded as {@link BrowserCommand.Rejected}.
 *
 * @param audioBytes  sound in one {@code audioInput}, in bytes
 * @param eventChars  JSON of any other command, in characters
 * @param textChars   text of one {@code textInput}, in characters
 * @param promptBytes text of a {@code systemPrompt}, in bytes of UTF-8
 */
public record CommandLimits(int audioBytes, int eventChars, int textChars, int promptBytes) {

    /** 256 KB of sound, 262 144 characters of JSON, 4 000 characters of text and 40 KB of prompt. */
    public static CommandLimits defaults() {
        return new CommandLimits(256 * 1024, 256 * 1024, 4_000, 40 * 1024);
    }
}
