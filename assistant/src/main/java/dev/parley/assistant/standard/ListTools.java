package dev.parley.assistant.standard;

import dev.parley.assistant.tool.ArgumentText;
import dev.parley.assistant.tool.Tool;
import dev.parley.assistant.tool.ToolContext;
import dev.parley.assistant.tool.ToolJson;
import dev.parley.assistant.tool.ToolParameters;
import dev.parley.assistant.tool.ToolParameters.JsonType;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** The tools of the user's lists: add, read, remove. */
final class ListTools {
    private static final String LIST = "The name of the list, for example: shopping; default shopping";
    private static final int MAX_AT_ONCE = 10;

    private ListTools() {}

    static Tool add() {
        return Tool.of("add_to_list",
                "Adds to one of the user's lists, such as a shopping list, for as long as this conversation lasts.",
                ToolParameters.none()
                        .required("items", JsonType.STRING,
                                "What to add; several are separated by semicolons")
                        .optional("list", JsonType.STRING, LIST),
                ListTools::add);
    }

    static Tool read() {
        return Tool.of("read_list", "Tells what is on one of the user's lists.",
                ToolParameters.none().optional("list", JsonType.STRING, LIST),
                (arguments, context) -> describe("items", UserLists.of(context).items(name(arguments)),
                        arguments));
    }

    static Tool remove() {
        return Tool.of("remove_from_list", "Removes an item from one of the user's lists, or everything.",
                ToolParameters.none()
                        .optional("item", JsonType.STRING, "What to remove; required unless all is true")
                        .optional("all", JsonType.BOOLEAN, "true removes everything")
                        .optional("list", JsonType.STRING, LIST),
                ListTools::remove);
    }

    private static ObjectNode add(ObjectNode arguments, ToolContext context) {
        var items = List.of(ToolJson.text(arguments, "items").split(";", MAX_AT_ONCE + 1))
                .stream()
                .map(item -> ArgumentText.brief(item, UserLists.MAX_LENGTH))
                .filter(item -> !item.isEmpty())
                .limit(MAX_AT_ONCE)
                .toList();
        if (items.isEmpty()) {
            return ToolJson.error("Tell me what to add.");
        }
        var lists = UserLists.of(context);
        var added = items.stream().filter(item -> lists.add(name(arguments), item)).toList();
        return added.isEmpty() ? ToolJson.error("The list is full. Ask me to remove something first.")
                : describe("added", added, arguments);
    }

    private static ObjectNode remove(ObjectNode arguments, ToolContext context) {
        var item = ToolJson.text(arguments, "item");
        boolean all = ToolJson.flag(arguments, "all");
        if (item.isEmpty() && !all) {
            return ToolJson.error("Tell me what to remove.");
        }
        return describe("removed", UserLists.of(context).remove(name(arguments), all ? "" : item), arguments);
    }

    private static String name(ObjectNode arguments) {
        var name = ArgumentText.key(ToolJson.text(arguments, "list")).replaceFirst(" list$", "");
        return name.isEmpty() || name.equals("list") ? "shopping" : name;
    }

    private static ObjectNode describe(String what, List<String> items, ObjectNode arguments) {
        var result = ToolJson.object().put("list", ArgumentText.brief(name(arguments), UserLists.MAX_LENGTH));
        var array = result.putArray(what);
        items.forEach(array::add);
        return result;
    }
}
