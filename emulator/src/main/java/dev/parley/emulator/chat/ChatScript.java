package dev.parley.emulator.chat;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Decides what the emulated model replies. Called from one thread; must not block. */
@FunctionalInterface
public interface ChatScript {

    /** Returns the reply to a request. {@code number} counts the requests from 1. */
    ChatReply reply(ChatRequest request, int number);

    /**
     * Returns a script that repeats the user's text: {@code You said: …}. A line {@code use NAME {"some":"arguments"}} in it calls a tool;
     * several lines call several tools at once. The results are repeated: {@code The tool answered: …}.
     */
    static ChatScript repeating() {
        var use = Pattern.compile("use (\\w{1,64}) (\\{.{0,10000}\\})");
        return (request, number) -> {
            List<String> results = new ArrayList<>();
            for (ChatRequest.Message message : request.messages().reversed()) {
                if (!message.role().equals("tool")) {
                    break;
                }
                results.addFirst(message.text());
            }
            if (!results.isEmpty()) {
                return ChatReply.text("The tool answered: " + String.join(" and ", results));
            }
            String said = request.last("user");
            List<ChatReply.ToolUse> calls = new ArrayList<>();
            var matcher = use.matcher(said);
            while (matcher.find()) {
                calls.add(new ChatReply.ToolUse("call_" + number + "_" + calls.size(), matcher.group(1),
                        matcher.group(2)));
            }
            return calls.isEmpty() ? ChatReply.text("You said: " + said) : new ChatReply("", calls);
        };
    }
}
