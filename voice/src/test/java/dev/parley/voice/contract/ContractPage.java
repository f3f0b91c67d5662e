package dev.parley.voice.contract;

import java.util.List;

/** Writes {@code docs/events.md} from {@link ContractEntries} and the codec. */
final class ContractPage {

    private static final String HEAD = """
            # The browser contract

            Generated from `dev.parley.voice.contract`; `ContractPageTest` compares it with the code and says how to generate it again.

            A browser talks to Parley with Socket.IO events in the default namespace. Events with a name of Nova Sonic have its fields.
            Fields of a command can be left out, except `content` of `textInput` and `voiceId` of `voiceConfig`; `null` counts as left out.
            Fields of an event are always there.
            A command that is larger than 262 144 characters, or has wrong arguments, is answered with `error`; unknown events are ignored.
            """;
    private static final String ACKNOWLEDGEMENT = """

            ## Acknowledgements

            A command that was sent with a callback is acknowledged with one object: `success`, a boolean, and if that is false `error`, a
            text for the user.

            """;

    private ContractPage() {}

    static String text() {
        var page = new StringBuilder(HEAD);
        page.append("\n## Commands, from browser to server\n");
        for (var command : ContractEntries.commands()) {
            page.append("\n### `").append(command.name()).append("`\n\n").append(command.when()).append('\n');
            fields(page, command.fields());
            example(page, arguments(command));
        }
        page.append(ACKNOWLEDGEMENT);
        page.append("```json\n")
                .append(BrowserCodec.encode(Acknowledgement.success()))
                .append('\n')
                .append(BrowserCodec.encode(Acknowledgement.failure("There is no such persona.")))
                .append("\n```\n");
        page.append("\n## Events, from server to browser\n");
        for (var event : ContractEntries.events()) {
            page.append("\n### `").append(event.example().name()).append('`');
            page.append(event.of().isEmpty() ? "" : " " + event.of());
            page.append("\n\n").append(event.when()).append('\n');
            fields(page, event.fields());
            example(page, BrowserCodec.encode(event.example()).json());
        }
        return page.toString();
    }

    /** The whole argument array of a command's example. */
    static String arguments(ContractEntries.Command command) {
        return "[\"" + command.name() + "\"" + (command.example().isEmpty() ? "" : "," + command.example())
                + "]";
    }

    private static void fields(StringBuilder page, List<ContractEntries.Field> fields) {
        if (!fields.isEmpty()) {
            page.append("\n| field | type | meaning |\n|---|---|---|\n");
            fields.forEach(field -> page.append("| `")
                    .append(field.name())
                    .append("` | ")
                    .append(field.type())
                    .append(" | ")
                    .append(field.meaning())
                    .append(" |\n"));
        }
    }

    private static void example(StringBuilder page, String json) {
        page.append("\n```json\n").append(json).append("\n```\n");
    }
}
