package dev.parley.app;

import dev.parley.access.Identity;
import dev.parley.calls.visitor.Admission;
import dev.parley.calls.visitor.Choice;
import dev.parley.calls.visitor.Choices;
import dev.parley.calls.visitor.Grant;
import dev.parley.settings.Settings;
import dev.parley.voice.StreamSettings.Inference;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** What visitors may choose: what their token fixes, or what {@code --client-may} allows all others. Immutable; thread-safe. */
final class ClientChoices {

    private static final Set<Choice> FREE = Set.of(Choice.PERSONA, Choice.VOICE, Choice.PROMPT);
    private static final Set<Choice> PAID = Set.of(Choice.PERSONA, Choice.VOICE);

    private final Settings settings;
    private final BooleanSupplier paid;
    private final Inference standard;
    private final Choices others;

    /** @param paid whether the model costs money; asked for each command, once the model is loaded */
    ClientChoices(Settings settings, BooleanSupplier paid) {
        this.settings = settings;
        this.paid = paid;
        var style = settings.talk().style();
        this.standard = new Inference(style.maxTokens(), style.topP(), style.temperature());
        this.others = new Choices(this::may, Grant.NOTHING, false, standard);
    }

    /** Returns what a visitor without a token for its conversation may choose at present. */
    Set<Choice> may() {
        return settings.access().clientMay().orElseGet(() -> paid.getAsBoolean() ? PAID : FREE);
    }

    /** Returns what a visitor may choose at present, by the names of the setting {@code client-may}. */
    List<String> of(Identity identity) {
        return identity.grant().isPresent() ? List.of()
                : may().stream()
                        .map(choice -> choice.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                        .sorted()
                        .toList();
    }

    /** Returns the admission of a socket. Called once for each. */
    Admission admit(Identity identity) {
        return new Admission(identity.visitor(),
                identity.grant().map(grant -> Choices.fixed(grant, standard)).orElse(others),
                identity.admitted().get());
    }
}
