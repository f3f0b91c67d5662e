package dev.parley.assistant.dialogue;

import java.util.regex.Pattern;

/**
 * The assistant's name and greeting as set by a system prompt. The greeting is "" if the prompt sets none. The rest of a prompt is ignored.
 */
record PromptIdentity(String name, String greeting) {
    static final String DEFAULT_NAME = "Parley";
    private static final int MAX_PROMPT = 20_000;
    private static final int MAX_GREETING = 300;
    private static final String CAPITALISED = "(?<name>\\p{Lu}[\\p{L}\\p{N}'\u2019-]{1,30}(?: \\p{Lu}[\\p{L}'\u2019-]{1,30}){0,2})(?![\\p{L}\\p{N}])";
    private static final Pattern[] NAMES = {Pattern.compile(
            "\\b(?:[Yy]our name is|[Yy]our name's|[Nn]ame: ?|(?:[Yy]ou(?: are|'re) )?(?:an? [a-z ,]{1,60})?\\b(?:called|named)) [\"\u201c']?"
                    + CAPITALISED),
            Pattern.compile("\\b[Yy]ou(?: are|'re|\u2019re) [\"\u201c']?" + CAPITALISED)};
    private static final Pattern NO_NAME = Pattern.compile(
            "(?:A|An|The|My|Not|Now|Always|Never|English|American|British|AI|Here|To|Very|And)(?: .*)?");
    private static final Pattern GREETING = Pattern.compile(
            "(?is)\\b(?:greet(?: the)?(?: user| users| caller| callers| customer| people| them| me| everyone)?(?: first)?"
                    + "(?: with(?: the words)?| by saying| saying)?|(?:your )?greeting(?: is)?|(?:start|begin|open) (?:the conversation )?(?:with|by saying))"
                    + "(?: ?[:=] ?[\"\u201c\u201e'\u2018]?(?<line>[^\\n\"\u201c\u201d]+)| ?[\"\u201c\u201e](?<quoted>[^\\n\"\u201c\u201d]+))");

    static PromptIdentity of(String prompt) {
        var text = prompt.substring(0, Math.min(prompt.length(), MAX_PROMPT));
        return new PromptIdentity(name(text), greeting(text));
    }

    private static String name(String prompt) {
        for (var pattern : NAMES) {
            var found = pattern.matcher(prompt);
            while (found.find()) {
                if (!NO_NAME.matcher(found.group("name")).matches()) {
                    return found.group("name");
                }
            }
        }
        return DEFAULT_NAME;
    }

    private static String greeting(String prompt) {
        var found = GREETING.matcher(prompt);
        if (!found.find()) {
            return "";
        }
        var text = found.group("line") == null ? found.group("quoted") : found.group("line");
        var line = text.strip().replaceFirst("['\u2019]$", "");
        return line.length() > MAX_GREETING ? line.substring(0, MAX_GREETING).strip() : line;
    }
}
