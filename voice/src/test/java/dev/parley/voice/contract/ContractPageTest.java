package dev.parley.voice.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code docs/events.md} says what the code does. */
final class ContractPageTest {

    private static final Path PAGE = Path.of("..", "docs", "events.md");

    /** Objects with members of a tool's choice. */
    private static final Set<String> OPAQUE = Set.of("result");

    static List<ContractEntries.Command> commands() {
        return ContractEntries.commands();
    }

    static List<ContractEntries.Event> events() {
        return ContractEntries.events();
    }

    @Test
    void pageIsGeneratedFromTheContract() throws IOException {
        if (Boolean.getBoolean("parley.regenerate")) {
            Files.writeString(PAGE, ContractPage.text());
        }
        assertThat(Files.readString(PAGE)).as("docs/events.md; to generate it: "
                + "mvn -pl voice -am test -Dtest=ContractPageTest -Dparley.regenerate=true "
                + "-Dsurefire.failIfNoSpecifiedTests=false").isEqualTo(ContractPage.text());
    }

    @Test
    void pageHasEachCommandAndEvent() {
        assertThat(commands()).extracting(ContractEntries.Command::name)
                .containsExactlyElementsOf(BrowserCommand.NAMES);
        assertThat(commands().stream().map(ContractPageTest::decoded).map(Object::getClass))
                .containsExactlyInAnyOrderElementsOf(kinds(BrowserCommand.class).filter(
                        kind -> kind != BrowserCommand.Rejected.class && kind != BrowserCommand.Unknown.class)
                        .collect(Collectors.toSet()));
        assertThat(events().stream().map(event -> event.example().getClass()).collect(Collectors.toSet()))
                .isEqualTo(kinds(BrowserEvent.class).collect(Collectors.toSet()));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void commandHasTheFieldsOfItsExample(ContractEntries.Command command) {
        var argument = JsonMapper.shared().readTree(ContractPage.arguments(command)).path(1);
        assertThat(leaves(argument)).isEqualTo(names(command.fields()));
    }

    @ParameterizedTest
    @MethodSource("events")
    void eventHasTheFieldsThatAreEncoded(ContractEntries.Event event) {
        var encoded = BrowserCodec.encode(event.example());
        var argument = JsonMapper.shared().readTree(encoded.json());
        assertThat(argument.path(0).stringValue()).isEqualTo(encoded.name());
        assertThat(leaves(argument.path(1))).isEqualTo(names(event.fields()));
    }

    private static BrowserCommand decoded(ContractEntries.Command command) {
        return BrowserCodec.decode(command.name(), ContractPage.arguments(command), List.of(),
                CommandLimits.defaults());
    }

    private static Stream<Class<?>> kinds(Class<?> sealed) {
        return Stream.of(sealed.getPermittedSubclasses());
    }

    private static Set<String> names(List<ContractEntries.Field> fields) {
        return fields.stream().map(ContractEntries.Field::name).collect(Collectors.toSet());
    }

    private static Set<String> leaves(JsonNode node) {
        var names = new HashSet<String>();
        for (var member : node.properties()) {
            if (member.getValue().isObject() && !OPAQUE.contains(member.getKey())) {
                leaves(member.getValue()).forEach(name -> names.add(member.getKey() + "." + name));
            } else {
                names.add(member.getKey());
            }
        }
        return names;
    }
}
