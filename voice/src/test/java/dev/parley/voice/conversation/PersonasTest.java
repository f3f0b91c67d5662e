package dev.parley.voice.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.voice.ModelCommand;
import dev.parley.voice.SpeechModel.Voice;
import dev.parley.voice.StreamSettings.ToolSpec;
import dev.parley.voice.contract.Acknowledgement;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Tests personas: chosen by the browser, with their own prompt, voice, tools and greeting. */
class PersonasTest {

    private static final Persona MAYA = new Persona("maya", "Maya", "Books.", "You are Maya.",
            "Good morning.", Optional.of("leo"), Optional.of(List.of("book", "mail__*")));
    private static final ConversationOptions OPTIONS = ConversationOptions
            .defaults(List.of(new Voice("amy", "Amy", "en-GB"), new Voice("leo", "Leo", "en-US")),
                    List.of(new ToolSpec("time", "", "{}"), new ToolSpec("book", "", "{}"),
                            new ToolSpec("mail__send", "", "{}"), new ToolSpec("mailer", "", "{}")))
            .withPersonas(List.of(Persona.plain("Be brief."), MAYA));

    private final Conversation conversation = new Conversation("s", OPTIONS);

    @Test
    void firstPersonaIsTheDefault() {
        browser("initializeConnection");
        browser("systemPrompt");
        var effects = browser("audioStart");

        assertThat(opened(effects).voiceId()).isEqualTo("amy");
        assertThat(opened(effects).tools()).hasSize(4);
        assertThat(told(effects)).containsExactly(new ModelCommand.SystemPrompt("Be brief."));
    }

    @Test
    void requestedPersonaBringsPromptVoiceToolsAndGreeting() {
        browser("initializeConnection", "{\"persona\":\"maya\"}");
        browser("promptStart");
        browser("systemPrompt");
        var effects = browser("audioStart");

        assertThat(opened(effects).voiceId()).isEqualTo("leo");
        assertThat(opened(effects).tools()).extracting(ToolSpec::name).containsExactly("book", "mail__send");
        assertThat(told(effects)).containsExactly(new ModelCommand.SystemPrompt("You are Maya."),
                new ModelCommand.Notice("Good morning."));
    }

    @Test
    void browserVoiceAndPromptOverrideThePersona() {
        browser("initializeConnection", "{\"persona\":\"maya\"}");
        browser("promptStart", "{\"voiceId\":\"amy\"}");
        browser("systemPrompt", "\"Be rude.\"");
        var effects = browser("audioStart");

        assertThat(opened(effects).voiceId()).isEqualTo("amy");
        assertThat(told(effects)).containsExactly(new ModelCommand.SystemPrompt("Be rude."));
    }

    @Test
    void noGreetingAfterAQuestion() {
        browser("initializeConnection", "{\"persona\":\"maya\"}");
        browser("textInput", "{\"content\":\"Are you open?\"}");

        assertThat(told(browser("audioStart"))).isEmpty();
    }

    @Test
    void anotherPersonaComesWithANewChat() {
        browser("initializeConnection", "{\"persona\":\"maya\"}");
        browser("audioStart");
        browser("startNewChat", "{\"persona\":\"assistant\"}");
        var effects = browser("audioStart");

        assertThat(opened(effects).voiceId()).isEqualTo("amy");
        assertThat(told(effects)).containsExactly(new ModelCommand.SystemPrompt("Be brief."));
    }

    @Test
    void unknownPersonaIsRefusedWithKnownNames() {
        var effects = conversation.on(
                new Input.FromBrowser(Script.decode("initializeConnection", "{\"persona\":\"zoe\"}"), true),
                Script.START);

        assertThat(effects).contains(new Effect.Acknowledge(
                Acknowledgement.failure("There is no such persona; the personas are assistant, maya.")));
        assertThat(conversation.phase()).isEqualTo(Phase.IDLE);
    }

    private List<Effect> browser(String event, String... json) {
        return conversation.on(new Input.FromBrowser(Script.decode(event, json)), Script.START);
    }

    private static dev.parley.voice.StreamSettings opened(List<Effect> effects) {
        return effects.stream()
                .filter(Effect.OpenModel.class::isInstance)
                .map(effect -> ((Effect.OpenModel) effect).settings())
                .findFirst()
                .orElseThrow();
    }

    private static List<ModelCommand> told(List<Effect> effects) {
        return effects.stream()
                .filter(Effect.ToModel.class::isInstance)
                .map(effect -> ((Effect.ToModel) effect).command())
                .toList();
    }
}
